/** Text as SystemTap writes it: output buffers, the conversions of printf, histograms, escapes. Bytes are chars of ISO 8859-1. */
package org.jstap.compiler.host.text;
