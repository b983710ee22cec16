using OsDeploy.Api.Agents;
using OsDeploy.Personalisation;

namespace OsDeploy.Api;

/// <summary>What an agent asks. Every request may be sent twice.</summary>
public static class AgentApi
{
    /// <summary>Bytes of a hello: anyone may send one.</summary>
    public const int MaxHello = 64 << 10;

    private const string Root = "/api/v1/agent";

    public static ApiRoute<Hello, HelloAnswer> Hello { get; } =
        new("POST", Root + "/hello", Access.Public, ApiJson.Default.Hello, ApiJson.Default.HelloAnswer, MaxBody: MaxHello);

    /// <summary>401 <c>agent-unknown</c>: say hello again.</summary>
    public static ApiRoute<Poll, Orders> Poll { get; } = new("POST", Root + "/poll", Access.Agent, ApiJson.Default.Poll, ApiJson.Default.Orders);

    /// <summary>409 <c>lease-lost</c>: the job is no longer this agent's; it stops.</summary>
    public static ApiRoute<JobReport, ReportAnswer> Report { get; } =
        new("POST", Root + "/jobs/{job}/report", Access.Agent, ApiJson.Default.JobReport, ApiJson.Default.ReportAnswer);

    /// <summary>What the computer's own screen shows.</summary>
    public static ApiRoute<Nothing, MachineFacts> Facts { get; } = new("GET", Root + "/facts", Access.Agent, null, ApiJson.Default.MachineFacts);

    /// <summary>
    /// Restores the current version onto this computer, without an operator, where its configuration allows that. The job is this agent's at
    /// once and the next poll gives it: no window is opened that another computer could come into. 403 <c>restore-not-open</c>.
    /// </summary>
    public static ApiRoute<OwnRestore, Nothing> RestoreSelf { get; } = new("POST", Root + "/restore", Access.Agent, ApiJson.Default.OwnRestore, null) { Patience = JobApi.StartPatience };

    /// <summary>The bytes of a file that the personality of the agent's own running job names. 409 <c>lease-lost</c>, 404 <c>content-missing</c>.</summary>
    public static ApiRoute Content { get; } = new("GET", Root + "/jobs/{job}/content/{content}", 0, Access.Agent) { Patience = TimeSpan.FromMinutes(10) };

    /// <summary>
    /// What the host of a running restore needs to know, once for each time that it took the job. 409 <c>lease-lost</c>; 403
    /// <c>secrets-released</c>: somebody has it already.
    /// </summary>
    public static ApiRoute<SecretsRequest, PersonalSecrets> Secrets { get; } =
        new("POST", Root + "/jobs/{job}/secrets", Access.Agent, ApiJson.Default.SecretsRequest, ApiJson.Default.PersonalSecrets, MaxBody: 4096);

    public static IReadOnlyList<ApiRoute> All { get; } = [Hello, Poll, Report, Facts, RestoreSelf, Content, Secrets];
}
