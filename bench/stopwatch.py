# Starts programs, and says of each start how long it took and how much memory the largest process had at its peak. Node can't
# say the latter of a child, and what a small process starts begins with less of its parent's memory on its account.
# Reads one job a line: {"command": [...], "environment": {...}, "copies": 1}; answers each with a line.

import json
import os
import sys
import time

UNIT = 1 if sys.platform == "darwin" else 1024
# Standard output is open for writing alone, as after `> /dev/null`.
STREAMS = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
]

for line in sys.stdin:
    job = json.loads(line)
    command, environment = job["command"], job["environment"]
    begin = time.perf_counter_ns()
    children = [
        os.posix_spawn(command[0], command, environment, file_actions=STREAMS)
        for _ in range(job["copies"])
    ]
    ends = [os.wait4(child, 0) for child in children]
    took = time.perf_counter_ns() - begin
    answer = {
        "milliseconds": took / 1e6,
        "peak": max(usage.ru_maxrss for _, _, usage in ends) * UNIT,
        "codes": [os.waitstatus_to_exitcode(status) for _, status, _ in ends],
    }
    print(json.dumps(answer), flush=True)
