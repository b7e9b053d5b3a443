# DWARF 5 with indices in place of offsets, as split units and other compilers write it:
# strx1, strx, addrx, rnglistx, ref_udata, implicit_const, and no sibling attributes.
	.text
	.globl	first, second
first:	ret
	.skip	15
second:	ret
	.skip	15
	.section .debug_abbrev,"",@progbits
.Labbrev:
	.uleb128 1
	.uleb128 0x11			# compile_unit
	.byte	1
	.uleb128 0x03, 0x25		# name, strx1
	.uleb128 0x72, 0x17		# str_offsets_base, sec_offset
	.uleb128 0x73, 0x17		# addr_base
	.uleb128 0x74, 0x17		# rnglists_base
	.uleb128 0x11, 0x01		# low_pc, addr
	.uleb128 0x10, 0x17		# stmt_list
	.uleb128 0, 0
	.uleb128 2
	.uleb128 0x2e			# subprogram with children, without sibling
	.byte	1
	.uleb128 0x03, 0x1a		# name, strx
	.uleb128 0x11, 0x1b		# low_pc, addrx
	.uleb128 0x3a, 0x21		# decl_file, implicit_const
	.sleb128 1
	.uleb128 0x3b, 0x0b		# decl_line, data1
	.uleb128 0x3f, 0x19		# external, flag_present
	.uleb128 0, 0
	.uleb128 7			# a gap in the numbers
	.uleb128 0x0b			# lexical_block
	.byte	1
	.uleb128 0, 0
	.uleb128 3
	.uleb128 0x2e			# abstract subprogram
	.byte	0
	.uleb128 0x03, 0x08		# name, string
	.uleb128 0x3a, 0x0b
	.uleb128 0x3b, 0x05		# decl_line, data2
	.uleb128 0x20, 0x0b		# inline
	.uleb128 0, 0
	.uleb128 4
	.uleb128 0x2e			# its code
	.byte	0
	.uleb128 0x31, 0x15		# abstract_origin, ref_udata
	.uleb128 0x55, 0x23		# ranges, rnglistx
	.uleb128 0, 0
	.uleb128 5
	.uleb128 0x2e			# nested in a block: not a function of the unit
	.byte	0
	.uleb128 0x03, 0x08
	.uleb128 0x11, 0x01
	.uleb128 0, 0
	.uleb128 0

	.section .debug_info,"",@progbits
.Lunit:	.long	.Lend - .Lversion
.Lversion:
	.short	5
	.byte	1, 8
	.long	.Labbrev
	.uleb128 1
	.byte	0			# name: string 0
	.long	.Lstrings
	.long	.Laddresses
	.long	.Llists
	.quad	0
	.long	.Llines
	.uleb128 2
	.uleb128 1			# name: string 1
	.uleb128 0			# low_pc: address 0
	.byte	12
	.uleb128 7
	.uleb128 5
	.string	"nested"
	.quad	first
	.uleb128 0
	.uleb128 0
.Labstract:
	.uleb128 3
	.string	"second"
	.byte	1
	.short	300
	.byte	1
	.uleb128 4
	.uleb128 .Labstract - .Lunit
	.uleb128 0
	.uleb128 0
.Lend:
	.section .debug_str,"",@progbits
.Lname0: .string "dir/indexed.c"
.Lname1: .string "first"
	.section .debug_str_offsets,"",@progbits
	.long	12
	.short	5, 0
.Lstrings:
	.long	.Lname0, .Lname1
	.section .debug_addr,"",@progbits
	.long	20
	.short	5
	.byte	8, 0
.Laddresses:
	.quad	first, second
	.section .debug_rnglists,"",@progbits
	.long	.Llistsend - .Llistsstart
.Llistsstart:
	.short	5
	.byte	8, 0
	.long	1
.Llists:
	.long	.Llist0 - .Llists
.Llist0:
	.byte	1			# base_addressx
	.uleb128 1
	.byte	4			# offset_pair
	.uleb128 0, 1
	.byte	0
.Llistsend:
	.section .debug_line,"",@progbits
.Llines: .long	.Llineend - .Llinestart
.Llinestart:
	.short	5
	.byte	8, 0
	.long	.Llineend - .Lheaderstart
.Lheaderstart:
	.byte	1, 1, 1, -5, 14, 1
	.byte	1
	.uleb128 1, 8			# path, string
	.uleb128 2
	.string	"/src"
	.string	"dir"
	.byte	2
	.uleb128 1, 8
	.uleb128 2, 11			# directory, data1
	.uleb128 2
	.string	"indexed.c"
	.byte	1
	.string	"inner.h"
	.byte	1
.Llineend:
