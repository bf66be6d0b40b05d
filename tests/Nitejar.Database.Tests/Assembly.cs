// Each test has a database of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
