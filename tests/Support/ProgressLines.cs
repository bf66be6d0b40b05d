using System.Diagnostics;
using NUnit.Framework.Interfaces;

[assembly: Nitejar.Tests.ProgressLines]

namespace Nitejar.Tests;

/// <summary>
/// Says now and then how many tests are done. A console prints no more than warnings by default, and nothing for minutes would
/// look like a hang.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ProgressLinesAttribute : Attribute, ITestAction
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly Stopwatch Clock = Stopwatch.StartNew();
    private static readonly Lock Writing = new();
    private static TimeSpan _next = Interval;
    private static int _done;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) { }

    public void AfterTest(ITest test)
    {
        lock (Writing)
        {
            _done++;
            if (Clock.Elapsed < _next)
            {
                return;
            }

            _next = Clock.Elapsed + Interval;
            TestContext.Error.WriteLine(
                $"{typeof(ProgressLinesAttribute).Assembly.GetName().Name}: {_done} tests in {Clock.Elapsed.TotalSeconds:0} s"
            );
        }
    }
}
