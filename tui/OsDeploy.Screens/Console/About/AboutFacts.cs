using OsDeploy.Screens.Session;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.About;

/// <summary>Which osdeploy this is.</summary>
internal static class AboutFacts
{
    public static IReadOnlyList<Fact> Of(Snapshot now, string program) => Fact.Of(
        (Words.About.Console, program),
        (Words.About.Appliance, now.Status is { } status ? $"{Printable.Of(status.Program)}, {Printable.Of(status.Name)}" : null),
        (Words.About.Words, now.Status?.Fingerprint));
}
