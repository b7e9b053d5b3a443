package org.jstap.ebpf.vm;

import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What helpers tell a program about where it runs.
 *
 * @param processId       the process, which the kernel calls tgid
 * @param threadId        the thread, which the kernel calls pid
 * @param userId          of the current task
 * @param groupId         of the current task
 * @param command         its name, at most 15 bytes
 * @param task            the address of its {@code struct task_struct}
 * @param cpu             the number of the CPU
 * @param clock           nanoseconds of every clock
 * @param cookie          of the link that runs the program
 * @param functionAddress the instruction pointer of the probed function
 */
public record Environment(int processId, int threadId, int userId, int groupId, String command, long task, int cpu,
        LongSupplier clock, long cookie, long functionAddress) {

    public Environment {
        Objects.requireNonNull(command);
        Objects.requireNonNull(clock);
    }

    /** Process 1000, thread 1001, user 0, command {@code test}, CPU 0, a clock that stands at 1 second. */
    public static Environment standard() {
        return new Environment(1000, 1001, 0, 0, "test", 0, 0, () -> 1_000_000_000L, 0, 0);
    }

    /** The same in another task. */
    public Environment withTask(int process, int thread, String name) {
        return new Environment(process, thread, userId, groupId, name, task, cpu, clock, cookie, functionAddress);
    }

    /** The same for another user. */
    public Environment withUser(int user, int group) {
        return new Environment(processId, threadId, user, group, command, task, cpu, clock, cookie, functionAddress);
    }

    /** The same with the address of a {@code struct task_struct}. */
    public Environment withTaskAddress(long address) {
        return new Environment(processId, threadId, userId, groupId, command, address, cpu, clock, cookie, functionAddress);
    }

    /** The same on another CPU. */
    public Environment withCpu(int number) {
        return new Environment(processId, threadId, userId, groupId, command, task, number, clock, cookie, functionAddress);
    }

    /** The same with another clock, in nanoseconds. */
    public Environment withClock(LongSupplier nanoseconds) {
        return new Environment(processId, threadId, userId, groupId, command, task, cpu, nanoseconds, cookie, functionAddress);
    }

    /** The same at another probed function. */
    public Environment withAttachment(long newCookie, long address) {
        return new Environment(processId, threadId, userId, groupId, command, task, cpu, clock, newCookie, address);
    }
}
