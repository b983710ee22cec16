using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Cli.Output;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Configurations;

internal sealed class ConfigDeleteVerb : ServerVerb
{
    private readonly Argument<string> _configuration = new("NAME") { Description = "Name of the configuration." };
    private readonly Option<bool> _yes = VerbOptions.Yes();

    public ConfigDeleteVerb(Session session)
        : base(session, "delete", "Delete a configuration and its image. Shows what goes with it, then asks.", "config delete win11") => Asks(_configuration, _yes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (name, isYes) = (parsed.GetRequiredValue(_configuration), parsed.GetValue(_yes));
        Confirmation.RequireSomebodyToAsk(Terminal, isYes, $"delete the configuration {Printable.Of(name)} and its image");
        var view = await server.CallAsync(ConfigurationApi.Show, cancel, name);
        if (!isYes)
        {
            await ConfirmAsync(view, server, cancel);
        }

        var deleted = await server.CallAsync(ConfigurationApi.Delete, cancel, view.Configuration.Id);
        Print(parsed, deleted, CliJson.Default.DeletedConfiguration, writer => writer.WriteLine(TextOf(view.Configuration.Name, deleted)));
        return ExitCode.Done;
    }

    private async Task ConfirmAsync(ConfigurationView view, ServerConnection server, CancellationToken cancel)
    {
        var name = view.Configuration.Name;
        var rooms = (await server.CallAsync(HostApi.ListRooms, cancel)).Count(room => room.Room.Configuration == name);
        await Terminal.Talk.WriteLineAsync(
            $"With the configuration {Printable.Of(name)} its image goes ({Words.Count(view.Versions, "version")}); {Words.Count(view.Hosts, "host")} and {Words.Count(rooms, "room")} are left without one.");
        await Confirmation.RequireNameAsync(Terminal, name, cancel);
    }

    private string TextOf(string name, DeletedConfiguration deleted) =>
        $"Deleted the configuration {Printable.Of(name)}, cleared at {Words.Count(deleted.Hosts, "host")} and {Words.Count(deleted.Rooms, "room")}; {Words.Count(deleted.Versions, "version")} went with it."
        + (deleted.ImagesEndAt is { } end ? $" `osdeploy image undelete` brings a version back until {LocalTime.Of(Session.Clock, end)}." : "");
}
