using OsDeploy.Personalisation;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>What personalisation makes different, for people.</summary>
internal static class PersonalText
{
    public static void Write(TextWriter output, IReadOnlyList<PersonalChange> changes, bool isDone)
    {
        if (changes.Count == 0)
        {
            output.WriteLine("Nothing differs from what it should be.");
            return;
        }

        foreach (var partition in changes.GroupBy(change => change.Partition))
        {
            output.WriteLine($"Partition {partition.Key}:");
            foreach (var change in partition)
            {
                output.WriteLine($"  {change.Action,-6}  {Printable.Of(change.Where)}");
                output.WriteLine($"          {Printable.Of(change.What)}");
            }
        }

        output.WriteLine(isDone ? $"{Words.Count(changes.Count, "change")} made." : $"{Words.Count(changes.Count, "change")} would be made.");
    }
}
