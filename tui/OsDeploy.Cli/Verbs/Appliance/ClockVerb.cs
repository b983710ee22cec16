using System.CommandLine;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;

namespace OsDeploy.Cli.Verbs.Appliance;

internal sealed class ClockVerb : ServerVerb
{
    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    private readonly Argument<DateTimeOffset?> _time = new("TIME")
    {
        Description = "2026-11-21T13:52Z; without Z the time of this computer's zone. Left out: this computer's own time.",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParseExact(result.Tokens[0].Value, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
            {
                return time;
            }

            result.AddError("TIME is written like 2026-11-21T13:52Z.");
            return null;
        },
    };

    public ClockVerb(Session session)
        : base(session, "clock", "Set the appliance's clock, which every job goes by.", "appliance clock", "appliance clock 2026-11-21T13:52Z") => Asks(_time);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var time = ClockTime.Of(parsed.GetValue(_time) ?? Session.Clock.GetUtcNow());
        await server.CallAsync(ApplianceApi.SetClock, new ClockSetting(time.Utc), cancel);
        return Say(parsed, "clock-set", $"The appliance's clock is {time} now.", time.ToString());
    }
}
