using OsDeploy.Api.Agents;

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

    public static IReadOnlyList<ApiRoute> All { get; } = [Hello, Poll, Report];
}
