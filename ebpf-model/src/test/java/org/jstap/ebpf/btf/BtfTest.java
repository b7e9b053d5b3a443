package org.jstap.ebpf.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BtfTest {
    private static final Path RUNNING_KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    static Btf fixture() throws IOException {
        try (InputStream in = BtfTest.class.getResourceAsStream("/btf/fixture.btf")) {
            return Btf.parse(in.readAllBytes());
        }
    }

    @Test
    void findsStructAndMember() throws IOException {
        Btf btf = fixture();
        int skb = btf.find(BtfKind.STRUCT, "sk_buff").orElseThrow();
        Field length = btf.resolveMember(skb, "len").orElseThrow();
        assertThat(btf.cTypeName(length.type())).isEqualTo("unsigned int");
        assertThat(length.isBitField()).isFalse();
        assertThat(length.byteOffset()).isPositive().isLessThan(btf.sizeOf(skb));
        assertThat(btf.sizeOf(length.type())).isEqualTo(4);
    }

    @Test
    void looksIntoAnonymousMembers() throws IOException {
        Btf btf = fixture();
        int skb = btf.find(BtfKind.STRUCT, "sk_buff").orElseThrow();
        Field device = btf.resolveMember(skb, "dev").orElseThrow();
        assertThat(device.byteOffset()).isEqualTo(16);
        assertThat(btf.cTypeName(device.type())).isEqualTo("struct net_device*");
        assertThat(btf.members(skb)).extracting(Field::name).contains("dev", "cb", "pkt_type").doesNotContain("");
        assertThat(btf.resolveMember(skb, "no_such_member")).isEmpty();
        assertThat(btf.resolveMember(device.type(), "name")).as("a pointer has no members").isEmpty();
    }

    @Test
    void knowsBitFields() throws IOException {
        Btf btf = fixture();
        int skb = btf.find(BtfKind.STRUCT, "sk_buff").orElseThrow();
        Field type = btf.resolveMember(skb, "pkt_type").orElseThrow();
        assertThat(type.isBitField()).isTrue();
        assertThat(type.bitSize()).isEqualTo(3);
    }

    @Test
    void givesAllTypesOfAName() throws IOException {
        BtfBuilder builder = new BtfBuilder();
        int number = builder.addInt("int", 4, true);
        int struct = builder.addStruct("same", 4, List.of(new BtfType.Member("a", number, 0, 0)));
        int typedef = builder.add(new BtfType.Typedef("same", struct));
        Btf btf = Btf.parse(builder.build());
        assertThat(btf.typesNamed("same")).containsExactly(struct, typedef);
        assertThat(btf.typesNamed("other")).isEmpty();
        assertThat(btf.typesNamed("")).isEmpty();
        assertThat(btf.find(BtfKind.TYPEDEF, "same")).hasValue(typedef);
        assertThat(btf.find(BtfKind.UNION, "same")).isEmpty();
    }

    @Test
    void spellsTypesAsC() throws IOException {
        Btf btf = fixture();
        int function = btf.find(BtfKind.FUNC, "do_sys_openat2").orElseThrow();
        assertThat(btf.cTypeName(function)).isEqualTo("int do_sys_openat2(int, char const*, struct open_how*)");
        int skb = btf.find(BtfKind.STRUCT, "sk_buff").orElseThrow();
        assertThat(btf.cTypeName(btf.resolveMember(skb, "destructor").orElseThrow().type()))
                .isEqualTo("void (*)(struct sk_buff*)");
        assertThat(btf.cTypeName(btf.resolveMember(skb, "cb").orElseThrow().type())).isEqualTo("char[48]");
        assertThat(btf.cTypeName(0)).isEqualTo("void");
    }

    @Test
    void listsFunctionsWithParameters() throws IOException {
        Btf btf = fixture();
        assertThat(btf.functionNames()).contains("__dev_queue_xmit", "__sys_socket", "tcp_sendmsg", "inet_csk_accept");
        int id = btf.find(BtfKind.FUNC, "__traceiter_kfree_skb").orElseThrow();
        BtfType.Func function = (BtfType.Func) btf.type(id);
        BtfType.FuncProto proto = (BtfType.FuncProto) btf.type(function.proto());
        assertThat(proto.parameters()).extracting(BtfType.Parameter::name)
                .containsExactly("__data", "skb", "location", "reason", "rx_sk");
        assertThat(btf.find(BtfKind.TYPEDEF, "btf_trace_kfree_skb")).isPresent();
        assertThat(btf.find(BtfKind.ENUM, "skb_drop_reason")).isPresent();
    }

    @Test
    void refusesQuestionsWithoutAnswer() throws IOException {
        Btf btf = fixture();
        assertThatThrownBy(() -> btf.type(btf.typeCount())).isInstanceOf(BtfException.class).hasMessageContaining("there is no type");
        assertThatThrownBy(() -> btf.sizeOf(0)).isInstanceOf(BtfException.class).hasMessageContaining("void has no size");
        assertThat(btf.hasSize(0)).isFalse();
    }

    @Test
    void refusesBrokenBytes() throws IOException {
        byte[] good = new BtfBuilder().build();
        byte[] noMagic = good.clone();
        noMagic[0] = 0;
        assertThatThrownBy(() -> Btf.parse(noMagic)).isInstanceOf(BtfException.class).hasMessageContaining("0xeb9f");
        assertThatThrownBy(() -> Btf.parse(new byte[3])).isInstanceOf(BtfException.class);
        BtfBuilder builder = new BtfBuilder();
        builder.addInt("int", 4, true);
        byte[] cut = builder.build();
        cut[12] = 14;
        assertThatThrownBy(() -> Btf.parse(cut)).isInstanceOf(BtfException.class).hasMessageContaining("ends inside");
    }

    @Test
    void readsBigEndian() {
        byte[] bytes = {(byte) 0xeb, (byte) 0x9f, 1, 0, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 16, 0, 0, 0, 5,
            0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 16, 0, 'a', 'b', 'c', 0};
        Btf btf = Btf.parse(bytes);
        assertThat(btf.type(1)).isEqualTo(new BtfType.Int("abc", 2, 16, 0, true, false, false));
    }

    @Test
    void continuesABase() {
        BtfBuilder below = new BtfBuilder();
        int number = below.addInt("int", 4, true);
        Btf base = Btf.parse(below.build());
        Btf split = Btf.parse(splitWithPointerTo(number, "mine"), Optional.of(base));
        assertThat(split.firstId()).isEqualTo(2);
        assertThat(split.typeCount()).isEqualTo(4);
        assertThat(split.cTypeName(2)).isEqualTo("int*");
        assertThat(split.name(3)).isEqualTo("mine");
        assertThat(split.sizeOf(3)).isEqualTo(4);
        assertThat(split.typesNamed("int")).containsExactly(1);
        assertThat(split.typesNamed("mine")).containsExactly(3);
        assertThat(base.typesNamed("mine")).isEmpty();
    }

    /** The strings of a split BTF count from the end of the base's: here 5 bytes, the empty string and "int". */
    private static byte[] splitWithPointerTo(int target, String typedef) {
        byte[] strings = (typedef + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ByteSink out = new ByteSink(64);
        out.u16(0xeb9f);
        out.u16(1);
        for (int word : new int[] {24, 0, 24, 24, strings.length, 0, 2 << 24, target, 5, 8 << 24, target}) {
            out.u32(word);
        }
        out.raw(strings);
        return out.toArray();
    }

    @Test
    void writesWhatItReads() throws IOException {
        Btf btf = fixture();
        BtfBuilder builder = new BtfBuilder();
        List<BtfType> types = new ArrayList<>();
        for (int id = 1; id < btf.typeCount(); id++) {
            types.add(btf.type(id));
            assertThat(builder.add(btf.type(id))).isEqualTo(id);
        }
        assertThat(builder.build()).isEqualTo(builder.build());
        Btf again = Btf.parse(builder.build());
        assertThat(again.typeCount()).isEqualTo(btf.typeCount());
        for (int id = 1; id < btf.typeCount(); id++) {
            assertThat(again.type(id)).isEqualTo(types.get(id - 1));
        }
    }

    @Test
    void writesEveryKind() {
        BtfBuilder builder = new BtfBuilder();
        int number = builder.addInt("int", 4, true);
        List<BtfType> all = List.of(
                new BtfType.Int("flag", 1, 8, 0, false, false, true),
                new BtfType.Pointer(number),
                new BtfType.Array(number, number, 7),
                new BtfType.Struct("s", 8, List.of(new BtfType.Member("a", number, 0, 3), new BtfType.Member("b", number, 3, 29))),
                new BtfType.Union("u", 4, List.of(new BtfType.Member("a", number, 0, 0))),
                new BtfType.Enum("e", 4, true, List.of(new BtfType.Enumerator("E", -1))),
                new BtfType.Enum("f", 4, false, List.of(new BtfType.Enumerator("F", 0xffffffffL))),
                new BtfType.Enum64("g", 8, false, List.of(new BtfType.Enumerator("G", 1L << 40))),
                new BtfType.Forward("w", true),
                new BtfType.Typedef("t", number),
                new BtfType.Volatile(number),
                new BtfType.Const(number),
                new BtfType.Restrict(2),
                new BtfType.FuncProto(number, List.of(new BtfType.Parameter("x", number), new BtfType.Parameter("", 0))),
                new BtfType.Func("fn", 15, BtfType.Linkage.GLOBAL),
                new BtfType.Var("v", number, BtfType.Linkage.GLOBAL),
                new BtfType.DataSec(".data", 4, List.of(new BtfType.Placement(17, 0, 4))),
                new BtfType.Float("double", 8),
                new BtfType.DeclTag("tag", 16, -1),
                new BtfType.TypeTag("user", number));
        for (BtfType type : all) {
            builder.add(type);
        }
        Btf btf = Btf.parse(builder.build());
        for (int i = 0; i < all.size(); i++) {
            assertThat(btf.type(i + 2)).isEqualTo(all.get(i));
        }
    }

    @Test
    void readsTheRunningKernel() throws IOException {
        assumeTrue(Files.isReadable(RUNNING_KERNEL), "skipped: this kernel offers no BTF");
        Btf btf = Btf.parse(Files.readAllBytes(RUNNING_KERNEL));
        int task = btf.find(BtfKind.STRUCT, "task_struct").orElseThrow();
        assertThat(btf.cTypeName(btf.resolveMember(task, "comm").orElseThrow().type())).isEqualTo("char[16]");
        assertThat(btf.find(BtfKind.FUNC, "vfs_read")).isPresent();
        for (int id = 1; id < btf.typeCount(); id++) {
            assertThat(btf.type(id).kind()).isEqualTo(btf.kind(id));
        }
    }

    @Test
    void cutsWhatIsNamedAndWhatThatEmbeds() throws IOException {
        Btf cut = Btf.parse(BtfExtract.cut(fixture(), List.of("struct sk_buff dev len", "struct net_device name", "func vfs_r*")));
        int skb = cut.find(BtfKind.STRUCT, "sk_buff").orElseThrow();
        assertThat(cut.members(skb)).extracting(Field::name).contains("dev", "len").doesNotContain("cb");
        int device = cut.find(BtfKind.STRUCT, "net_device").orElseThrow();
        assertThat(cut.members(device)).extracting(Field::name).containsExactly("name");
        assertThat(cut.find(BtfKind.FUNC, "vfs_read")).isPresent();
        assertThat(cut.find(BtfKind.FORWARD, "file")).as("only pointed to").isPresent();
    }
}
