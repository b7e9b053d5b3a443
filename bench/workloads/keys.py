#!/usr/bin/env python3
"""Waits for a line, then makes COUNT calls of lseek(2), each to a position of its own; the first few again and again: keys.py COUNT."""
import os
import sys

count = int(sys.argv[1])
with open("/proc/self/exe", "rb", 0) as file:
    fd = file.fileno()
    seek = os.lseek
    sys.stdin.readline()
    for position in range(count):
        seek(fd, position, 0)
    for position in range(20):
        for _ in range(position + 2):
            seek(fd, position, 0)
