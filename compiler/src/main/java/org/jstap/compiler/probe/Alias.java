package org.jstap.compiler.probe;

import org.jstap.language.tree.Declaration.AliasDeclaration;
import org.jstap.language.tree.ProbePoint;

/** One name of an alias declaration. */
record Alias(ProbePoint name, AliasDeclaration declaration) { }
