using System.Runtime.Versioning;

// Faults are made with the means of Linux: strace, tmpfs, signals, /proc.
[assembly: Platform("Linux")]
[assembly: SupportedOSPlatform("linux")]
