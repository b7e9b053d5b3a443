package org.jstap.language.tree;

import org.jstap.language.source.Span;

/** Anything in a syntax tree. */
public sealed interface Node
        permits ScriptFile, Declaration, Parameter, FunctionBody, ProbePoint, ProbePoint.Component, Statement,
                Statement.Sort, Expression, TargetComponent, FormatPart {
    /** Where it was written. */
    Span span();
}
