using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsDeploy.Api;

namespace OsDeploy.Server.Api;

/// <summary>One request that has passed the gate: who asks, and the values of its path.</summary>
internal sealed class Call(HttpContext context, Caller caller)
{
    public HttpContext Context { get; } = context;

    public Caller Caller { get; } = caller;

    /// <summary>For routes only operators can use.</summary>
    public OperatorCaller Operator => (OperatorCaller)Caller;

    /// <summary>For routes only agents can use.</summary>
    public AgentCaller Agent => (AgentCaller)Caller;

    /// <summary>For routes of <see cref="LocalApi"/>.</summary>
    public LocalCaller Local => (LocalCaller)Caller;

    /// <summary>Address the connection came from; null over the Unix socket.</summary>
    public IPAddress? Remote => Context.Connection.RemoteIpAddress;

    public CancellationToken Cancel => Context.RequestAborted;

    public string Value(string name) => Convert.ToString(Context.GetRouteValue(name), CultureInfo.InvariantCulture) ?? "";

    public string? Query(string name) => Context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;
}
