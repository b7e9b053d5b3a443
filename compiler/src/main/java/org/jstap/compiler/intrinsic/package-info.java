/**
 * What the tapset cannot say in the SystemTap language: each intrinsic is declared once, with its signature, where it can run and
 * how wide its result is. How a target does it stands with that target: {@code HostIntrinsics}, {@code KernelIntrinsics}.
 */
package org.jstap.compiler.intrinsic;
