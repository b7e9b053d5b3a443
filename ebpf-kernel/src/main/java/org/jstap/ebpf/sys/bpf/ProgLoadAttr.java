package org.jstap.ebpf.sys.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The variant of `union bpf_attr` that has a program verified and compiled; the result is its descriptor.
public final class ProgLoadAttr extends BpfAttr {

    static final int PROG_TYPE = 0;
    static final int INSN_CNT = 4;
    static final int INSNS = 8;
    static final int LICENSE = 16;
    static final int LOG_LEVEL = 24;
    static final int LOG_SIZE = 28;
    static final int LOG_BUF = 32;
    static final int KERN_VERSION = 40;
    static final int PROG_FLAGS = 44;
    static final int PROG_NAME = 48;
    static final int EXPECTED_ATTACH_TYPE = 68;
    static final int PROG_BTF_FD = 72;
    static final int FUNC_INFO_REC_SIZE = 76;
    static final int FUNC_INFO = 80;
    static final int FUNC_INFO_CNT = 88;
    static final int LINE_INFO_REC_SIZE = 92;
    static final int LINE_INFO = 96;
    static final int LINE_INFO_CNT = 104;
    static final int ATTACH_BTF_ID = 108;
    static final int ATTACH_BTF_OBJ_FD = 112;
    static final int FD_ARRAY = 120;
    static final int LOG_TRUE_SIZE = 140;
    private static final int SIZE = 144;

    private static final int BPF_PROG_LOAD = 5;

    /// A view of zeroes, in memory of the allocator.
    public ProgLoadAttr(SegmentAllocator allocator) {
        super(BPF_PROG_LOAD, allocator, SIZE);
    }

    /// Sets `prog_type`.
    public ProgLoadAttr progType(int value) {
        putInt(PROG_TYPE, value);
        return this;
    }

    /// Sets `insn_cnt`.
    public ProgLoadAttr insnCnt(int value) {
        putInt(INSN_CNT, value);
        return this;
    }

    /// Points `insns` at the segment.
    public ProgLoadAttr insns(MemorySegment value) {
        putPointer(INSNS, value);
        return this;
    }

    /// Points `license` at the segment.
    public ProgLoadAttr license(MemorySegment value) {
        putPointer(LICENSE, value);
        return this;
    }

    /// Sets `log_level`.
    public ProgLoadAttr logLevel(int value) {
        putInt(LOG_LEVEL, value);
        return this;
    }

    /// Sets `log_size`.
    public ProgLoadAttr logSize(int value) {
        putInt(LOG_SIZE, value);
        return this;
    }

    /// Points `log_buf` at the segment.
    public ProgLoadAttr logBuf(MemorySegment value) {
        putPointer(LOG_BUF, value);
        return this;
    }

    /// Sets `kern_version`.
    public ProgLoadAttr kernVersion(int value) {
        putInt(KERN_VERSION, value);
        return this;
    }

    /// Sets `prog_flags`.
    public ProgLoadAttr progFlags(int value) {
        putInt(PROG_FLAGS, value);
        return this;
    }

    /// Sets `prog_name`: what of the name fits and is allowed, see [#objectName].
    public ProgLoadAttr progName(String value) {
        putName(PROG_NAME, value);
        return this;
    }

    /// Sets `expected_attach_type`.
    public ProgLoadAttr expectedAttachType(int value) {
        putInt(EXPECTED_ATTACH_TYPE, value);
        return this;
    }

    /// Sets `prog_btf_fd`.
    public ProgLoadAttr progBtfFd(int value) {
        putInt(PROG_BTF_FD, value);
        return this;
    }

    /// Sets `func_info_rec_size`.
    public ProgLoadAttr funcInfoRecSize(int value) {
        putInt(FUNC_INFO_REC_SIZE, value);
        return this;
    }

    /// Points `func_info` at the segment.
    public ProgLoadAttr funcInfo(MemorySegment value) {
        putPointer(FUNC_INFO, value);
        return this;
    }

    /// Sets `func_info_cnt`.
    public ProgLoadAttr funcInfoCnt(int value) {
        putInt(FUNC_INFO_CNT, value);
        return this;
    }

    /// Sets `line_info_rec_size`.
    public ProgLoadAttr lineInfoRecSize(int value) {
        putInt(LINE_INFO_REC_SIZE, value);
        return this;
    }

    /// Points `line_info` at the segment.
    public ProgLoadAttr lineInfo(MemorySegment value) {
        putPointer(LINE_INFO, value);
        return this;
    }

    /// Sets `line_info_cnt`.
    public ProgLoadAttr lineInfoCnt(int value) {
        putInt(LINE_INFO_CNT, value);
        return this;
    }

    /// Sets `attach_btf_id`.
    public ProgLoadAttr attachBtfId(int value) {
        putInt(ATTACH_BTF_ID, value);
        return this;
    }

    /// Sets `attach_btf_obj_fd`.
    public ProgLoadAttr attachBtfObjFd(int value) {
        putInt(ATTACH_BTF_OBJ_FD, value);
        return this;
    }

    /// Points `fd_array` at the segment.
    public ProgLoadAttr fdArray(MemorySegment value) {
        putPointer(FD_ARRAY, value);
        return this;
    }

    /// What the kernel has written into `log_true_size`.
    public int logTrueSize() {
        return getInt(LOG_TRUE_SIZE);
    }
}
