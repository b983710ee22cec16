using System.Globalization;
using OsDeploy.Api.Appliance;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>The appliance's own system, for people.</summary>
internal static class SystemText
{
    public static void Write(TextWriter writer, SystemState state)
    {
        var facts = new Facts()
            .Add("version", NameOf(state.Version, state.IsDevelopment))
            .Add("runs from", state.Place switch
            {
                SystemPlace.Medium => "its stick or disc",
                SystemPlace.Disk => "disk, system " + state.Running?.ToUpperInvariant(),
                _ => "a system that was set up in another way",
            });
        foreach (var slot in state.Slots)
        {
            facts.Add("system " + slot.Name.ToUpperInvariant(), string.Join(", ", RemarksOf(state, slot)));
        }

        facts.Add("last work", state.Work is { } work ? Of(work) : null).Write(writer);
    }

    /// <summary>One line of progress, or how it ended.</summary>
    public static string Of(SystemWork work) => work switch
    {
        { IsDone: false } => string.Create(CultureInfo.InvariantCulture, $"{StepOf(work.Step)}, {work.Percent}%"),
        { Code: null } => "done",
        _ => $"{Printable.Of(work.Message, 300)} [{Printable.Of(work.Code, 40)}]",
    };

    private static IEnumerable<string> RemarksOf(SystemState state, SystemSlot slot)
    {
        yield return slot.Version is { } version ? NameOf(version, slot.IsDevelopment) : "empty";
        if (slot.Name == state.Running)
        {
            yield return state.IsTrial ? "runs, and is tried" : "runs";
        }

        if (slot.IsNext)
        {
            yield return "is tried at the next start";
        }
        else if (slot.IsLasting)
        {
            yield return "is started";
        }
    }

    private static string StepOf(SystemStep step) => step switch
    {
        SystemStep.Check => "checking",
        SystemStep.Prepare => "preparing the disk",
        SystemStep.Copy => "copying",
        SystemStep.ReadBack => "reading back",
        _ => "finishing",
    };

    private static string NameOf(string version, bool isDevelopment) => version.Length == 0 ? "unknown" : isDevelopment ? version + " (development build)" : version;
}
