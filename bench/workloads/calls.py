#!/usr/bin/env python3
"""Waits for a line, then makes COUNT system calls as fast as it can: calls.py COUNT. Says how many it made in all from then on."""
import os
import sys

count = int(sys.argv[1])
call = os.getppid
rounds = range(count)
sys.stdin.readline()
for _ in rounds:
    call()
