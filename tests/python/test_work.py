"""Long work: threads, what is told of it, and how it ends early."""

import io
import os
import pty
import signal
import subprocess
import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import equiripple as eq
from equiripple import _progress

# Several seconds where nothing ends it.
LONG = dict(objective="relu", bits=20, max_degree=127, pareto=True)

# Begins a long search, says so, and is interrupted.
INTERRUPTED = """
import sys, threading, time
import equiripple as eq
eq.progress(lambda work: print("working", flush=True))
try:
    eq.search(**{options!r})
except KeyboardInterrupt:
    print("interrupted", threading.active_count(), eq.relu(degrees=[3]).name)
"""


class Progress(unittest.TestCase):
    def setUp(self):
        self.before = eq.progress(None)

    def tearDown(self):
        eq.progress(self.before)

    def test_the_setting_is_returned(self):
        self.assertEqual(self.before, "automatic")
        self.assertIsNone(eq.progress("automatic"))
        self.assertEqual(eq.progress(None), "automatic")

    def test_false_ends_the_work_within_seconds(self):
        for in_main_thread in (True, False):
            told = []

            def report(work):
                told.append((work, threading.current_thread()))
                return len(told) < 2

            eq.progress(report)
            begin = time.monotonic()
            ended = []

            def search():
                try:
                    eq.search(**LONG)
                except eq.Cancelled as error:
                    ended.append((error.status, threading.current_thread()))

            if in_main_thread:
                search()
            else:
                thread = threading.Thread(target=search)
                thread.start()
                thread.join()
            self.assertEqual([status for status, _ in ended], [6])
            # It is told in the thread that asked.
            self.assertEqual({thread for _, thread in told}, {ended[0][1]})
            self.assertTrue(all(isinstance(work, str) and work for work, _ in told))
            self.assertLess(time.monotonic() - begin, 8)
        eq.progress(None)
        self.assertEqual(eq.relu(degrees=[3]).name, "relu")

    def test_what_the_function_raises_ends_the_work(self):
        def report(_work):
            raise KeyError("mine")

        eq.progress(report)
        with self.assertRaisesRegex(KeyError, "mine"):
            eq.search(**LONG)
        with ThreadPoolExecutor(1) as threads:
            with self.assertRaisesRegex(KeyError, "mine"):
                threads.submit(eq.search, **LONG).result()

    def test_the_line_is_erased(self):
        stream = io.StringIO()
        line = _progress._Line(stream)
        line.show("too early")
        line.begin -= 2
        line.show("degree 7")
        line.show("gap")
        line.erase()
        self.assertEqual(stream.getvalue(), "\rdegree 7\rgap     \r   \r")

    def test_a_line_that_ctrl_c_cuts_off_is_erased(self):
        class Interrupted(io.StringIO):
            def flush(self):
                if not self.getvalue().endswith(" \r"):
                    raise KeyboardInterrupt

        stream = Interrupted()
        line = _progress._Line(stream)
        line.begin -= 10
        with self.assertRaises(KeyboardInterrupt):
            line.show("degree 7")
        line.erase()
        self.assertEqual(stream.getvalue(), "\rdegree 7\r        \r")

    def test_where_people_look(self):
        class ZMQInteractiveShell:  # a notebook's
            pass

        notebook = mock.Mock(get_ipython=ZMQInteractiveShell)
        with mock.patch.dict(sys.modules, IPython=notebook):
            self.assertIs(_progress._stream(), sys.stdout)
        with mock.patch.dict(sys.modules, IPython=None), mock.patch("sys.stderr", io.StringIO()):
            self.assertIsNone(_progress._stream())

    def test_a_line_on_a_terminal(self):
        terminal, end = pty.openpty()
        program = f"import equiripple as eq; eq.search(**{LONG!r})"
        with subprocess.Popen([sys.executable, "-c", program], stderr=end) as running:
            os.close(end)
            shown = os.read(terminal, 1000)
            running.send_signal(signal.SIGINT)
            while True:
                try:
                    shown += os.read(terminal, 1000)
                except OSError:  # closed at the other end
                    break
        os.close(terminal)
        self.assertTrue(shown.startswith(b"\r"), shown)
        self.assertIn(b" \r", shown)  # erased
        self.assertIn(b"KeyboardInterrupt", shown)

    def test_ctrl_c(self):
        program = INTERRUPTED.format(options=LONG)
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
        ) as running:
            self.assertEqual(running.stdout.readline(), "working\n")
            begin = time.monotonic()
            running.send_signal(signal.SIGINT)
            said = running.stdout.read().splitlines()
            running.wait()
        self.assertEqual(said[-1], "interrupted 1 relu")
        self.assertEqual(running.returncode, 0)
        self.assertLess(time.monotonic() - begin, 8)


class Threads(unittest.TestCase):
    def test_many_make_and_verify_at_once(self):
        requests = [
            lambda: eq.relu(bits=7, range=8),
            lambda: eq.minimax("sigmoid(x)", (-8, 8), degree=15),
            lambda: eq.sign("1/8", error="2^-8"),
            lambda: eq.inverse(domain=("1/8", 1), error="0.01"),
        ]
        expected = [make() for make in requests]

        def work(which):
            f = requests[which % 4]()
            f.verify()
            return f == expected[which % 4] and f.emit("cpp") == expected[which % 4].emit("cpp")

        with ThreadPoolExecutor(8) as threads:
            self.assertTrue(all(threads.map(work, range(24))))

    def test_one_function_is_for_all(self):
        f = eq.relu(degrees=[7, 7])
        points = [x / 1000 for x in range(-1000, 1000)]
        expected = f(points)
        with ThreadPoolExecutor(8) as threads:
            for values in threads.map(lambda _: f(points), range(32)):
                self.assertEqual(values, expected)

    def test_memory_is_given_back(self):
        def size():
            with open("/proc/self/statm", encoding="ascii") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

        if not os.path.exists("/proc/self/statm"):
            self.skipTest("there is no /proc")
        text = eq.relu(degrees=[15, 15, 27]).json
        for _ in range(50):
            eq.read(text)
        before = size()
        for _ in range(500):
            eq.read(text)
        self.assertLess(size() - before, 32 << 20)
