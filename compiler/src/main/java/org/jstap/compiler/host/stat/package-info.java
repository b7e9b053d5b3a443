/** Statistics: what {@code <<<} collects, its extractors, and the buckets of histograms. Knows nothing of scripts or output. */
package org.jstap.compiler.host.stat;
