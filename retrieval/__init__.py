"""Knowledge to cited answers: reading, indexing, searching, judging and composing.

The way in is :class:`retrieval.library.Library`.
"""

import os

# onnxruntime draws a number for the machine, keeps it with a list of events in the home folder, and
# sends both to its makers. It asks this when it is loaded; its own switch comes too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# A question's products are too small to share: a second thread spins and takes a core from others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
