using System.Globalization;

namespace OsDeploy.Benchmarks.Machine;

/// <summary>What programs have used of the processor.</summary>
internal static class ProcessorTime
{
    // Hundredths of a second on every architecture that Debian has (USER_HZ).
    private const double TicksPerSecond = 100;
    private const int FirstField = 3; // what stands behind the name in brackets
    private const int UserTime = 14;
    private const int EndedChildren = 17; // the last of four: own and children's, user and system

    /// <summary>User and system, with children that have ended. Of those that are gone nothing is counted.</summary>
    public static double SecondsOf(IEnumerable<int> processes) => processes.Sum(SecondsOf);

    /// <param name="stat">As proc_pid_stat(5) has it: the name may hold anything but ends at the last bracket.</param>
    internal static double Parse(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ')
        .Skip(UserTime - FirstField)
        .Take(EndedChildren - UserTime + 1)
        .Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;

    private static double SecondsOf(int process)
    {
        try
        {
            return Parse(File.ReadAllText(FormattableString.Invariant($"/proc/{process}/stat")));
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
