using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Helper;

namespace OsDeploy.Cli.Verbs.Systems;

/// <summary>
/// Run by the appliance at each start. A system that is tried has to show that it works: the daemon, which answers only once its documents and its
/// store are open, answers and goes on answering. Else this fails, the unit restarts the computer, and GRUB starts the system that is known to work.
/// </summary>
internal sealed class SystemSettleVerb : Verb
{
    private const int UsualMinutes = 10;
    private const int AnswersNeeded = 4;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);

    private readonly Option<string> _socket = new("--socket") { Description = "Unix socket of osdeployd.", HelpName = "PATH", DefaultValueFactory = _ => "/run/osdeploy/osdeployd.sock" };
    private readonly Option<string> _helper = new("--helper") { Description = "Unix socket of osdeploy-helper.", HelpName = "PATH", DefaultValueFactory = _ => "/run/osdeploy/helper.sock" };
    private readonly Option<int?> _minutes = VerbOptions.Number("--minutes", $"How long the daemon may take. Default: {UsualMinutes}.", 1, 60);

    public SystemSettleVerb(Session session)
        : base(session, "settle", "Keep the system that was just started, once it is seen to work. The appliance does so by itself at each start; one that is tried and does not work gives way to the one before.", "system settle") =>
        Takes(_socket, _helper, _minutes);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var helper = new HelperClient(parsed.GetRequiredValue(_helper), Session.Clock);
        var limit = TimeSpan.FromMinutes(parsed.GetValue(_minutes) ?? UsualMinutes);
        var why = await WhyNotWellAsync(parsed.GetRequiredValue(_socket), limit, cancel);
        if (why is not null)
        {
            throw SystemErrors.NotWell(why);
        }

        await helper.CallAsync(new SystemKeepRequest(), cancel);
        return ExitCode.Done;
    }

    /// <returns>Null: it is well.</returns>
    private async Task<string?> WhyNotWellAsync(string socket, TimeSpan limit, CancellationToken cancel)
    {
        var began = Session.Clock.GetTimestamp();
        var answers = 0;
        var why = "nothing was tried.";
        while (Session.Clock.GetElapsedTime(began) < limit)
        {
            if (await AskAsync(socket, cancel) is { } fault)
            {
                (answers, why) = (0, fault);
            }
            else if (++answers == AnswersNeeded)
            {
                return null;
            }

            await Task.Delay(s_pause, Session.Clock, cancel);
        }

        return why;
    }

    private async Task<string?> AskAsync(string socket, CancellationToken cancel)
    {
        using var client = new ApiClient("unix:" + socket, Session.Clock, new ConnectionOptions().Once());
        try
        {
            await client.CallAsync(ApplianceApi.About, cancel);
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }
    }
}
