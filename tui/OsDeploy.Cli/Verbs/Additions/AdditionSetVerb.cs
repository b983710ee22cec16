using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Additions;

internal sealed class AdditionSetVerb : ServerVerb
{
    private readonly Argument<string> _addition = new("ID") { Description = "Its id, or how that begins, as `osdeploy addition list` shows it." };
    private readonly Option<string?> _file = VerbOptions.Text("--file", "Take this file in place of the one it has.", "FILE");
    private readonly Option<string?> _path = VerbOptions.Text("--path", "Its name on the host.", "PATH");
    private readonly Option<bool> _everybody = VerbOptions.Flag("--every-host", "Forget for whom it was.");
    private readonly Option<bool> _anywhere = VerbOptions.Flag("--any-partition", "Forget the partition it was for.");
    private readonly SelectorOptions _for = new();

    public AdditionSetVerb(Session session)
        : base(
            session,
            "set",
            "Change an addition. --room and the like replace all that was said of its hosts. Jobs that were started before keep the file they began with.",
            "addition set 3f2a --file map-drives.cmd",
            "addition set 3f2a --room r102 --order 200",
            "addition set 3f2a --every-host") =>
        Asks([_addition, _file, _path, _everybody, .. _for.All, _anywhere]);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var (selector, place) = (_for.Of(parsed), _for.PlaceOf(parsed));
        var change = new AdditionChange(
            parsed.GetValue(_path), null, parsed.GetValue(_for.Order), place?.Disk, place?.Number, parsed.GetValue(_anywhere), selector != new Selector() || parsed.GetValue(_everybody) ? selector : null);
        var file = parsed.GetValue(_file);
        if (change == new AdditionChange() && file is null)
        {
            throw ServerErrors.UsageNothingToChange();
        }

        var before = await server.CallAsync(PersonalApi.ShowAddition, cancel, parsed.GetRequiredValue(_addition));
        var content = file is null ? null : (await AdditionFile.Find(before.Addition.Kind, file, before.Addition.Path)[0].SendAsync(server, cancel)).Content as Personalisation.ContentId?;
        var after = await server.CallAsync(PersonalApi.Change, change with { Content = content, Rev = before.Rev }, cancel, before.Addition.Id);
        Print(parsed, after, CliJson.Default.AdditionView, writer => AdditionText.Write(writer, after, Session.Clock));
        AdditionText.WriteWarnings(Terminal.Talk, [after]);
        return after.Addition.Warning is null ? ExitCode.Done : ExitCode.DoneWithWarnings;
    }
}
