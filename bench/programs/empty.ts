// Nothing: what the runtime of the standalone program costs by itself.
