"""Benchmarks: each compares with a baseline in the same run and prints a ratio; no test asserts a time."""
