using OsDeploy.MachineTests.Terminal;

namespace OsDeploy.Benchmarks.Screens;

/// <summary>What one key costs: the time until the last byte of the frame that answers it, and its bytes.</summary>
internal readonly record struct KeyTime(double Milliseconds, long Bytes)
{
    // A frame is written at once; what comes later belongs to another.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static KeyTime Measure(TerminalProgram program, string key)
    {
        _ = program.Rest(s_pause);
        var before = program.Screen.Bytes;
        var began = TimeProvider.System.GetTimestamp();
        program.Type(key);
        var last = TimeSpan.Zero;
        for (var patience = s_patience; program.Look(patience); patience = s_pause)
        {
            last = TimeProvider.System.GetElapsedTime(began);
        }

        return new KeyTime(last.TotalMilliseconds, program.Screen.Bytes - before);
    }

    /// <summary>Of the keys that changed anything.</summary>
    public static KeyTime Median(IEnumerable<KeyTime> times)
    {
        var all = times.Where(time => time.Bytes > 0).ToList();
        return all.Count == 0 ? default : new KeyTime(all.Select(time => time.Milliseconds).Order().ElementAt(all.Count / 2), all.Select(time => time.Bytes).Order().ElementAt(all.Count / 2));
    }
}
