package org.jstap.ebpf.sys;

/// Error numbers of the kernel (include/uapi/asm-generic/errno-base.h and errno.h, the same on x86_64 and aarch64; 524
/// is the kernel-internal ENOTSUPP, which bpf(2) lets out).
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int E2BIG = 7;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int EMFILE = 24;
    public static final int ENOSPC = 28;
    public static final int EDOM = 33;
    public static final int ERANGE = 34;
    public static final int EAFNOSUPPORT = 97;
    public static final int EDEADLK = 35;
    public static final int ENOSYS = 38;
    public static final int EPROTO = 71;
    public static final int EBADFD = 77;
    public static final int EILSEQ = 84;
    public static final int EOPNOTSUPP = 95;
    public static final int ENOTSUPP = 524;

    private Errno() {}

    /// The name of an error number, for example `EPERM`; `errno 4000` for one without a name.
    ///
    /// @param errno the error number, positive
    public static String name(int errno) {
        return switch (errno) {
            case 1 -> "EPERM";
            case 2 -> "ENOENT";
            case 3 -> "ESRCH";
            case 4 -> "EINTR";
            case 5 -> "EIO";
            case 6 -> "ENXIO";
            case 7 -> "E2BIG";
            case 8 -> "ENOEXEC";
            case 9 -> "EBADF";
            case 10 -> "ECHILD";
            case 11 -> "EAGAIN";
            case 12 -> "ENOMEM";
            case 13 -> "EACCES";
            case 14 -> "EFAULT";
            case 15 -> "ENOTBLK";
            case 16 -> "EBUSY";
            case 17 -> "EEXIST";
            case 18 -> "EXDEV";
            case 19 -> "ENODEV";
            case 20 -> "ENOTDIR";
            case 21 -> "EISDIR";
            case 22 -> "EINVAL";
            case 23 -> "ENFILE";
            case 24 -> "EMFILE";
            case 25 -> "ENOTTY";
            case 26 -> "ETXTBSY";
            case 27 -> "EFBIG";
            case 28 -> "ENOSPC";
            case 29 -> "ESPIPE";
            case 30 -> "EROFS";
            case 31 -> "EMLINK";
            case 32 -> "EPIPE";
            case 33 -> "EDOM";
            case 34 -> "ERANGE";
            case 35 -> "EDEADLK";
            case 36 -> "ENAMETOOLONG";
            case 37 -> "ENOLCK";
            case 38 -> "ENOSYS";
            case 39 -> "ENOTEMPTY";
            case 40 -> "ELOOP";
            case 42 -> "ENOMSG";
            case 43 -> "EIDRM";
            case 44 -> "ECHRNG";
            case 45 -> "EL2NSYNC";
            case 46 -> "EL3HLT";
            case 47 -> "EL3RST";
            case 48 -> "ELNRNG";
            case 49 -> "EUNATCH";
            case 50 -> "ENOCSI";
            case 51 -> "EL2HLT";
            case 52 -> "EBADE";
            case 53 -> "EBADR";
            case 54 -> "EXFULL";
            case 55 -> "ENOANO";
            case 56 -> "EBADRQC";
            case 57 -> "EBADSLT";
            case 59 -> "EBFONT";
            case 60 -> "ENOSTR";
            case 61 -> "ENODATA";
            case 62 -> "ETIME";
            case 63 -> "ENOSR";
            case 64 -> "ENONET";
            case 65 -> "ENOPKG";
            case 66 -> "EREMOTE";
            case 67 -> "ENOLINK";
            case 68 -> "EADV";
            case 69 -> "ESRMNT";
            case 70 -> "ECOMM";
            case 71 -> "EPROTO";
            case 72 -> "EMULTIHOP";
            case 73 -> "EDOTDOT";
            case 74 -> "EBADMSG";
            case 75 -> "EOVERFLOW";
            case 76 -> "ENOTUNIQ";
            case 77 -> "EBADFD";
            case 78 -> "EREMCHG";
            case 79 -> "ELIBACC";
            case 80 -> "ELIBBAD";
            case 81 -> "ELIBSCN";
            case 82 -> "ELIBMAX";
            case 83 -> "ELIBEXEC";
            case 84 -> "EILSEQ";
            case 85 -> "ERESTART";
            case 86 -> "ESTRPIPE";
            case 87 -> "EUSERS";
            case 88 -> "ENOTSOCK";
            case 89 -> "EDESTADDRREQ";
            case 90 -> "EMSGSIZE";
            case 91 -> "EPROTOTYPE";
            case 92 -> "ENOPROTOOPT";
            case 93 -> "EPROTONOSUPPORT";
            case 94 -> "ESOCKTNOSUPPORT";
            case 95 -> "EOPNOTSUPP";
            case 96 -> "EPFNOSUPPORT";
            case 97 -> "EAFNOSUPPORT";
            case 98 -> "EADDRINUSE";
            case 99 -> "EADDRNOTAVAIL";
            case 100 -> "ENETDOWN";
            case 101 -> "ENETUNREACH";
            case 102 -> "ENETRESET";
            case 103 -> "ECONNABORTED";
            case 104 -> "ECONNRESET";
            case 105 -> "ENOBUFS";
            case 106 -> "EISCONN";
            case 107 -> "ENOTCONN";
            case 108 -> "ESHUTDOWN";
            case 109 -> "ETOOMANYREFS";
            case 110 -> "ETIMEDOUT";
            case 111 -> "ECONNREFUSED";
            case 112 -> "EHOSTDOWN";
            case 113 -> "EHOSTUNREACH";
            case 114 -> "EALREADY";
            case 115 -> "EINPROGRESS";
            case 116 -> "ESTALE";
            case 117 -> "EUCLEAN";
            case 118 -> "ENOTNAM";
            case 119 -> "ENAVAIL";
            case 120 -> "EISNAM";
            case 121 -> "EREMOTEIO";
            case 122 -> "EDQUOT";
            case 123 -> "ENOMEDIUM";
            case 124 -> "EMEDIUMTYPE";
            case 125 -> "ECANCELED";
            case 126 -> "ENOKEY";
            case 127 -> "EKEYEXPIRED";
            case 128 -> "EKEYREVOKED";
            case 129 -> "EKEYREJECTED";
            case 130 -> "EOWNERDEAD";
            case 131 -> "ENOTRECOVERABLE";
            case 132 -> "ERFKILL";
            case 524 -> "ENOTSUPP";
            default -> "errno " + errno;
        };
    }

    /// What the number means in general, in a few words; empty for the rare ones.
    ///
    /// @param errno the error number, positive
    public static String explain(int errno) {
        return switch (errno) {
            case EPERM -> "operation not permitted";
            case ENOENT -> "no such file, object or element";
            case ESRCH -> "no such process or symbol";
            case EINTR -> "interrupted by a signal";
            case EIO -> "input or output error";
            case E2BIG -> "too big, or a newer structure than this kernel knows";
            case EBADF -> "not an open file descriptor";
            case EAGAIN -> "try again";
            case ENOMEM -> "out of memory";
            case EACCES -> "permission denied";
            case EFAULT -> "bad address";
            case EBUSY -> "device or resource busy";
            case EEXIST -> "already exists";
            case ENODEV -> "no such device";
            case ENOTDIR -> "not a directory";
            case EINVAL -> "invalid argument";
            case EMFILE -> "too many open files";
            case ENOSPC -> "no space left";
            case EDOM -> "argument out of domain";
            case ERANGE -> "result out of range";
            case EDEADLK -> "would deadlock";
            case ENOSYS -> "this kernel has no such system call";
            case EILSEQ -> "illegal byte sequence";
            case EOPNOTSUPP, ENOTSUPP -> "operation not supported";
            default -> "";
        };
    }

    /// Name and meaning, for example `EPERM (operation not permitted)`.
    ///
    /// @param errno the error number, positive
    public static String describe(int errno) {
        String meaning = explain(errno);
        return meaning.isEmpty() ? name(errno) : name(errno) + " (" + meaning + ")";
    }
}
