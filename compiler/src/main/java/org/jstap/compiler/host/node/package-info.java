/**
 * The interpreter: each operation of the intermediate representation becomes a {@link org.jstap.compiler.host.node.Node} whose
 * operands are numbered registers, so that a handler runs without look-ups and without boxing. {@code Translator} makes the nodes;
 * a node knows its own operation only.
 */
package org.jstap.compiler.host.node;
