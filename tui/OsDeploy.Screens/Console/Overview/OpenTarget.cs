using OsDeploy.Screens.Console.Hosts;

namespace OsDeploy.Screens.Console.Overview;

/// <summary>What opens when somebody presses Enter on a line.</summary>
internal abstract record OpenTarget;

internal sealed record OpenHosts(HostFilter Filter) : OpenTarget;

internal sealed record OpenPending : OpenTarget;

internal sealed record OpenConfigurations : OpenTarget;

internal sealed record OpenStore : OpenTarget;

/// <param name="Batch">Its id.</param>
internal sealed record OpenBatch(string Batch) : OpenTarget;

/// <param name="Alarm">Its id.</param>
internal sealed record OpenAlarm(string Alarm) : OpenTarget;
