using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs.Hosts;

internal sealed class HostOfflineJoinVerb : ServerVerb
{
    private readonly Argument<string> _host = new("NAME") { Description = "Name of the host." };
    private readonly Argument<string?> _file = new("FILE") { Description = "What djoin /savefile wrote for this host.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _delete = VerbOptions.Flag("--delete", "Take away the one it has.");

    public HostOfflineJoinVerb(Session session)
        : base(
            session,
            "offline-join",
            "Give a host its own way into the domain, for one restore: what `djoin /provision /machine NAME /savefile FILE` made there. Then it needs no join account.",
            "host offline-join r101-pc01 r101-pc01.txt",
            "host offline-join r101-pc01 --delete")
    {
        Asks(_host, _file, _delete);
        Validators.Add(result =>
        {
            if (result.GetValue(_delete) == (result.GetValue(_file) is not null))
            {
                result.AddError("Name a file, or --delete.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var host = parsed.GetRequiredValue(_host);
        if (parsed.GetValue(_file) is not { } path)
        {
            await server.CallAsync(JoinApi.DeleteOfflineJoin, cancel, host);
            return Say(parsed, "offline-join-deleted", $"{Printable.Of(host)} has no file of djoin any more.", host);
        }

        var file = await InputFile.ReadBytesAsync(path, JoinApi.MaxFile, cancel);
        await server.CallAsync(JoinApi.SetOfflineJoin, new OfflineJoinFile(file), cancel, host);
        return Say(parsed, "offline-join-set", $"{Printable.Of(host)} joins its domain with this file at its next restore. Delete {Printable.Of(path)}: it holds that computer's password.", host);
    }
}
