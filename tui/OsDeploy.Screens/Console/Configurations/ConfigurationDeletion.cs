using OsDeploy.Api;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>Deletes a configuration, after saying what it takes along.</summary>
internal sealed class ConfigurationDeletion(ConsoleContext context, ConfigurationRow row)
{
    public FormModel Model { get; } = new(
        Language.Fill(Words.Configurations.DeleteTitle, row.Name),
        [
            new InfoEntry("loss", () => string.Join('\n', Losses(context, row))) { IsWarning = true },
            Confirmation.Demand(() => row.Name),
            Confirmation.Field(() => row.Name),
        ],
        new FormAction("delete", Words.Common.Delete, cancel => context.Session.CallAsync(ConfigurationApi.Delete, cancel, row.Id)) { IsDestructive = true })
    {
        Equivalent = () => [new CommandLine("config", "delete", row.Name, "--yes")],
    };

    private static IEnumerable<string> Losses(ConsoleContext context, ConfigurationRow row)
    {
        var rooms = context.Now.Rooms.Count(view => string.Equals(view.Room.Configuration, row.Name, StringComparison.OrdinalIgnoreCase));
        yield return Language.Count(row.Versions, Words.Configurations.DeleteVersionsOne, Words.Configurations.DeleteVersionsOther);
        yield return Language.Count(row.Hosts, Words.Configurations.DeleteHostsOne, Words.Configurations.DeleteHostsOther);
        yield return Language.Count(rooms, Words.Configurations.DeleteRoomsOne, Words.Configurations.DeleteRoomsOther);
    }
}
