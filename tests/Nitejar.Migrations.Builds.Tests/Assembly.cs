// Each fixture has databases and folders of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
