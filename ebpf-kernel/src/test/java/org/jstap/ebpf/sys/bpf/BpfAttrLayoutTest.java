package org.jstap.ebpf.sys.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.jstap.ebpf.btf.Btf;
import org.jstap.ebpf.btf.BtfKind;
import org.jstap.ebpf.btf.Field;

/// Compares the offsets that were written by hand with those in the type information of the running kernel.
class BpfAttrLayoutTest {

    private record Expected(String member, int offset) {}

    private static final List<Expected> ATTR = List.of(
            new Expected("map_type", MapCreateAttr.MAP_TYPE),
            new Expected("key_size", MapCreateAttr.KEY_SIZE),
            new Expected("value_size", MapCreateAttr.VALUE_SIZE),
            new Expected("max_entries", MapCreateAttr.MAX_ENTRIES),
            new Expected("map_flags", MapCreateAttr.MAP_FLAGS),
            new Expected("inner_map_fd", MapCreateAttr.INNER_MAP_FD),
            new Expected("map_name", MapCreateAttr.MAP_NAME),
            new Expected("btf_fd", MapCreateAttr.BTF_FD),
            new Expected("btf_key_type_id", MapCreateAttr.BTF_KEY_TYPE_ID),
            new Expected("btf_value_type_id", MapCreateAttr.BTF_VALUE_TYPE_ID),
            new Expected("map_extra", MapCreateAttr.MAP_EXTRA),
            new Expected("map_fd", MapElementAttr.MAP_FD),
            new Expected("key", MapElementAttr.KEY),
            new Expected("value", MapElementAttr.VALUE),
            new Expected("flags", MapElementAttr.FLAGS),
            new Expected("batch.in_batch", MapBatchAttr.IN_BATCH),
            new Expected("batch.out_batch", MapBatchAttr.OUT_BATCH),
            new Expected("batch.keys", MapBatchAttr.KEYS),
            new Expected("batch.values", MapBatchAttr.VALUES),
            new Expected("batch.count", MapBatchAttr.COUNT),
            new Expected("batch.map_fd", MapBatchAttr.MAP_FD),
            new Expected("batch.elem_flags", MapBatchAttr.ELEM_FLAGS),
            new Expected("batch.flags", MapBatchAttr.FLAGS),
            new Expected("prog_type", ProgLoadAttr.PROG_TYPE),
            new Expected("insn_cnt", ProgLoadAttr.INSN_CNT),
            new Expected("insns", ProgLoadAttr.INSNS),
            new Expected("license", ProgLoadAttr.LICENSE),
            new Expected("log_level", ProgLoadAttr.LOG_LEVEL),
            new Expected("log_size", ProgLoadAttr.LOG_SIZE),
            new Expected("log_buf", ProgLoadAttr.LOG_BUF),
            new Expected("kern_version", ProgLoadAttr.KERN_VERSION),
            new Expected("prog_flags", ProgLoadAttr.PROG_FLAGS),
            new Expected("prog_name", ProgLoadAttr.PROG_NAME),
            new Expected("expected_attach_type", ProgLoadAttr.EXPECTED_ATTACH_TYPE),
            new Expected("prog_btf_fd", ProgLoadAttr.PROG_BTF_FD),
            new Expected("func_info_rec_size", ProgLoadAttr.FUNC_INFO_REC_SIZE),
            new Expected("func_info", ProgLoadAttr.FUNC_INFO),
            new Expected("func_info_cnt", ProgLoadAttr.FUNC_INFO_CNT),
            new Expected("line_info_rec_size", ProgLoadAttr.LINE_INFO_REC_SIZE),
            new Expected("line_info", ProgLoadAttr.LINE_INFO),
            new Expected("line_info_cnt", ProgLoadAttr.LINE_INFO_CNT),
            new Expected("attach_btf_id", ProgLoadAttr.ATTACH_BTF_ID),
            new Expected("attach_btf_obj_fd", ProgLoadAttr.ATTACH_BTF_OBJ_FD),
            new Expected("fd_array", ProgLoadAttr.FD_ARRAY),
            new Expected("log_true_size", ProgLoadAttr.LOG_TRUE_SIZE),
            new Expected("test.prog_fd", TestRunAttr.PROG_FD),
            new Expected("test.retval", TestRunAttr.RETVAL),
            new Expected("test.data_size_in", TestRunAttr.DATA_SIZE_IN),
            new Expected("test.data_size_out", TestRunAttr.DATA_SIZE_OUT),
            new Expected("test.data_in", TestRunAttr.DATA_IN),
            new Expected("test.data_out", TestRunAttr.DATA_OUT),
            new Expected("test.repeat", TestRunAttr.REPEAT),
            new Expected("test.duration", TestRunAttr.DURATION),
            new Expected("test.ctx_size_in", TestRunAttr.CTX_SIZE_IN),
            new Expected("test.ctx_size_out", TestRunAttr.CTX_SIZE_OUT),
            new Expected("test.ctx_in", TestRunAttr.CTX_IN),
            new Expected("test.ctx_out", TestRunAttr.CTX_OUT),
            new Expected("test.flags", TestRunAttr.FLAGS),
            new Expected("test.cpu", TestRunAttr.CPU),
            new Expected("start_id", ObjectIdAttr.START_ID),
            new Expected("next_id", ObjectIdAttr.NEXT_ID),
            new Expected("open_flags", ObjectIdAttr.OPEN_FLAGS),
            new Expected("info.bpf_fd", ObjectInfoAttr.BPF_FD),
            new Expected("info.info_len", ObjectInfoAttr.INFO_LEN),
            new Expected("info.info", ObjectInfoAttr.INFO),
            new Expected("raw_tracepoint.name", RawTracepointAttr.NAME),
            new Expected("raw_tracepoint.prog_fd", RawTracepointAttr.PROG_FD),
            new Expected("raw_tracepoint.cookie", RawTracepointAttr.COOKIE),
            new Expected("btf", BtfLoadAttr.BTF),
            new Expected("btf_log_buf", BtfLoadAttr.BTF_LOG_BUF),
            new Expected("btf_size", BtfLoadAttr.BTF_SIZE),
            new Expected("btf_log_size", BtfLoadAttr.BTF_LOG_SIZE),
            new Expected("btf_log_level", BtfLoadAttr.BTF_LOG_LEVEL),
            new Expected("btf_log_true_size", BtfLoadAttr.BTF_LOG_TRUE_SIZE),
            new Expected("link_create.prog_fd", LinkCreateAttr.PROG_FD),
            new Expected("link_create.target_fd", LinkCreateAttr.TARGET_FD),
            new Expected("link_create.attach_type", LinkCreateAttr.ATTACH_TYPE),
            new Expected("link_create.flags", LinkCreateAttr.FLAGS),
            new Expected("link_create.perf_event.bpf_cookie", LinkCreateAttr.PERF_EVENT_COOKIE),
            new Expected("link_create.kprobe_multi.flags", LinkCreateAttr.KPROBE_MULTI_FLAGS),
            new Expected("link_create.kprobe_multi.cnt", LinkCreateAttr.KPROBE_MULTI_COUNT),
            new Expected("link_create.kprobe_multi.syms", LinkCreateAttr.KPROBE_MULTI_SYMBOLS),
            new Expected("link_create.kprobe_multi.addrs", LinkCreateAttr.KPROBE_MULTI_ADDRESSES),
            new Expected("link_create.kprobe_multi.cookies", LinkCreateAttr.KPROBE_MULTI_COOKIES),
            new Expected("link_create.uprobe_multi.path", LinkCreateAttr.UPROBE_MULTI_PATH),
            new Expected("link_create.uprobe_multi.offsets", LinkCreateAttr.UPROBE_MULTI_OFFSETS),
            new Expected("link_create.uprobe_multi.ref_ctr_offsets", LinkCreateAttr.UPROBE_MULTI_REF_CTR_OFFSETS),
            new Expected("link_create.uprobe_multi.cookies", LinkCreateAttr.UPROBE_MULTI_COOKIES),
            new Expected("link_create.uprobe_multi.cnt", LinkCreateAttr.UPROBE_MULTI_COUNT),
            new Expected("link_create.uprobe_multi.flags", LinkCreateAttr.UPROBE_MULTI_FLAGS),
            new Expected("link_create.uprobe_multi.pid", LinkCreateAttr.UPROBE_MULTI_PID),
            new Expected("link_create.tracing.cookie", LinkCreateAttr.TRACING_COOKIE),
            new Expected("enable_stats.type", EnableStatsAttr.TYPE));

    @Test
    void everyOffsetIsTheKernels() throws IOException {
        Path vmlinux = Path.of("/sys/kernel/btf/vmlinux");
        Assumptions.assumeTrue(Files.isReadable(vmlinux), "skipped: the kernel has no BTF");
        Btf btf = Btf.parse(Files.readAllBytes(vmlinux));
        int union = btf.find(BtfKind.UNION, "bpf_attr").orElseThrow();
        List<String> unknown = new ArrayList<>();
        for (Expected expected : ATTR) {
            int offset = offset(btf, union, expected.member());
            if (offset < 0) {
                unknown.add(expected.member());
            } else {
                assertThat(expected.offset()).as(expected.member()).isEqualTo(offset);
            }
        }
        Assumptions.assumeTrue(
                unknown.isEmpty(), "skipped for these, which this kernel does not have: " + unknown);
    }

    /// Bytes from the start of the type to a member given by a path; -1 if there is none.
    private static int offset(Btf btf, int type, String path) {
        int total = 0;
        int composite = type;
        for (String name : path.split("\\.")) {
            var field = btf.resolveMember(composite, name);
            if (field.isEmpty()) {
                return -1;
            }
            Field found = field.get();
            total += found.byteOffset();
            composite = btf.skipModifiers(found.type());
        }
        return total;
    }
}
