/** Random typed programs, and how a failing one is made small. Knows the language only, neither target. */
package org.jstap.runtime.property;
