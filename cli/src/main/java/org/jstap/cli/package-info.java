/**
 * The command line: options, the five passes in their order, listings, progress, exit status. What a pass does stands in the modules
 * below; nothing here knows of maps, programs or system calls.
 */
package org.jstap.cli;
