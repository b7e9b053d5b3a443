#!/usr/bin/env python3
"""Sends datagrams of 200 bytes over loopback to itself and takes them all: udp.py COUNT."""
import socket
import sys

BATCH = 50
count = int(sys.argv[1])
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.connect(receiver.getsockname())
payload = bytes(200)
while count:
    batch = min(BATCH, count)
    for _ in range(batch):
        sender.send(payload)
    for _ in range(batch):
        receiver.recv(256)
    count -= batch
