import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rewrites compiled classes so that less is linked at run time.
 *
 * <p>javac leaves two things to be generated at their first use: the test of a switch over types, and equals and hashCode of
 * records. Each costs a hidden class or a tree of method handles, about half a millisecond apiece, and there are more than a
 * hundred on the way of a script; the ahead-of-time cache of JDK 25 keeps neither. Here both become plain methods of their class,
 * with the meaning that {@link java.lang.runtime.SwitchBootstraps} and {@link java.lang.runtime.ObjectMethods} define.
 *
 * <p>Usage: {@code java LinkAhead.java DIRECTORY}, where the directory holds all classes of the program.
 */
public final class LinkAhead {
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final MethodTypeDesc HASH_OF_OBJECT = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object);
    private static final MethodTypeDesc EQUAL_OBJECTS =
            MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final int HASH_FACTOR = 31;

    private final Path directory;
    private final ClassFile classFile;
    private int switches;
    private int methods;

    private LinkAhead(Path directory) {
        this.directory = directory;
        // Frames are computed anew, and joining two of our types asks for what they have in common.
        ClassHierarchyResolver ours = ClassHierarchyResolver.ofResourceParsing(this::open);
        this.classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                        ours.orElse(ClassHierarchyResolver.defaultResolver()).cached()),
                ClassFile.ConstantPoolSharingOption.NEW_POOL);
    }

    public static void main(String[] words) throws IOException {
        LinkAhead rewriter = new LinkAhead(Path.of(words[0]));
        rewriter.rewriteAll();
        System.out.println("linked ahead: " + rewriter.switches + " switches over types, " + rewriter.methods
                + " methods of records");
    }

    private InputStream open(ClassDesc type) {
        if (!type.isClassOrInterface()) {
            return null;
        }
        String descriptor = type.descriptorString();
        Path file = directory.resolve(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rewriteAll() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.filter(path -> path.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            ClassModel model = classFile.parse(file);
            Rewriting rewriting = new Rewriting(model);
            byte[] bytes = classFile.transformClass(model, rewriting);
            if (rewriting.changed) {
                Files.write(file, bytes);
            }
        }
    }

    /** The rewriting of one class. */
    private final class Rewriting implements ClassTransform {
        private final ClassDesc self;
        private final boolean isInterface;
        private ClassBuilder builder;
        private boolean changed;
        private int added;

        Rewriting(ClassModel model) {
            self = model.thisClass().asSymbol();
            isInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        }

        @Override
        public void accept(ClassBuilder into, ClassElement element) {
            builder = into;
            if (element instanceof MethodModel method) {
                into.transformMethod(method, MethodTransform.transformingCode(this::instruction));
            } else {
                into.with(element);
            }
        }

        private void instruction(CodeBuilder code, CodeElement element) {
            if (element instanceof InvokeDynamicInstruction call && replace(code, call)) {
                changed = true;
            } else {
                code.with(element);
            }
        }

        private boolean replace(CodeBuilder code, InvokeDynamicInstruction call) {
            DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
            String owner = bootstrap.owner().displayName();
            List<ConstantDesc> constants = call.bootstrapArgs();
            if (owner.equals("SwitchBootstraps") && bootstrap.methodName().equals("typeSwitch") && onlyTypes(constants)) {
                String name = "$typeSwitch" + added++;
                addTypeSwitch(name, call.typeSymbol(), constants);
                code.invokestatic(self, name, call.typeSymbol(), isInterface);
                switches++;
                return true;
            }
            if (owner.equals("ObjectMethods") && call.name().stringValue().equals("hashCode")) {
                hash(code, constants);
                methods++;
                return true;
            }
            if (owner.equals("ObjectMethods") && call.name().stringValue().equals("equals")) {
                equal(code, constants);
                methods++;
                return true;
            }
            return false;
        }

        private static boolean onlyTypes(List<ConstantDesc> labels) {
            for (ConstantDesc label : labels) {
                if (!(label instanceof ClassDesc type) || type.isPrimitive()) {
                    return false;
                }
            }
            return true;
        }

        /** {@code (target, restart)}: the first label from restart on that target is of, -1 for null, else how many there are. */
        private void addTypeSwitch(String name, MethodTypeDesc type, List<ConstantDesc> labels) {
            int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
            builder.withMethodBody(name, type, flags, code -> {
                Label isThere = code.newLabel();
                code.aload(0).ifnonnull(isThere).iconst_m1().ireturn().labelBinding(isThere);
                for (int i = 0; i < labels.size(); i++) {
                    Label next = code.newLabel();
                    // A switch starts over behind a label whose guard was false.
                    code.iload(1).loadConstant(i).if_icmpgt(next);
                    code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
                    code.loadConstant(i).ireturn().labelBinding(next);
                }
                code.loadConstant(labels.size()).ireturn();
            });
        }

        /** On the stack: the record. */
        private void hash(CodeBuilder code, List<ConstantDesc> constants) {
            int record = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(record).iconst_0();
            for (ConstantDesc constant : constants.subList(2, constants.size())) {
                DirectMethodHandleDesc getter = (DirectMethodHandleDesc) constant;
                ClassDesc type = getter.invocationType().returnType();
                code.loadConstant(HASH_FACTOR).imul();
                code.aload(record).getfield(self, getter.methodName(), type);
                if (type.isPrimitive()) {
                    code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
                } else {
                    code.invokestatic(OBJECTS, "hashCode", HASH_OF_OBJECT);
                }
                code.iadd();
            }
        }

        /** On the stack: the record and what it is compared with. */
        private void equal(CodeBuilder code, List<ConstantDesc> constants) {
            int other = code.allocateLocal(TypeKind.REFERENCE);
            int record = code.allocateLocal(TypeKind.REFERENCE);
            Label differs = code.newLabel();
            Label end = code.newLabel();
            code.astore(other).astore(record);
            code.aload(other).instanceOf(self).ifeq(differs);
            code.aload(other).checkcast(self).astore(other);
            for (ConstantDesc constant : constants.subList(2, constants.size())) {
                DirectMethodHandleDesc getter = (DirectMethodHandleDesc) constant;
                ClassDesc type = getter.invocationType().returnType();
                code.aload(record).getfield(self, getter.methodName(), type);
                code.aload(other).getfield(self, getter.methodName(), type);
                if (type.isPrimitive()) {
                    code.invokestatic(box(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type)).ifne(differs);
                } else {
                    code.invokestatic(OBJECTS, "equals", EQUAL_OBJECTS).ifeq(differs);
                }
            }
            code.iconst_1().goto_(end).labelBinding(differs).iconst_0().labelBinding(end);
        }

        private static ClassDesc box(ClassDesc primitive) {
            return switch (TypeKind.from(primitive)) {
                case BOOLEAN -> ConstantDescs.CD_Boolean;
                case BYTE -> ConstantDescs.CD_Byte;
                case CHAR -> ConstantDescs.CD_Character;
                case SHORT -> ConstantDescs.CD_Short;
                case INT -> ConstantDescs.CD_Integer;
                case LONG -> ConstantDescs.CD_Long;
                case FLOAT -> ConstantDescs.CD_Float;
                case DOUBLE -> ConstantDescs.CD_Double;
                case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.descriptorString());
            };
        }
    }
}
