namespace OsDeploy.Api.Boot;

/// <summary>One start of a computer over the network, as far as the appliance saw it.</summary>
/// <param name="Mac">Of the card it started by.</param>
/// <param name="Host">Id of the host it is; null: nobody has registered it, or it has not said yet.</param>
/// <param name="Name">Of that host.</param>
/// <param name="Firmware">Null: not known yet; so with what follows.</param>
/// <param name="Action">What was decided: <c>local-disk</c>, <c>agent</c>, <c>agent-menu</c>, <c>menu</c>, <c>refuse</c>.</param>
/// <param name="Reason">In words.</param>
/// <param name="Build">Id of the client build it was offered.</param>
/// <param name="Because">The same reason as <paramref name="Reason"/>, for programs.</param>
/// <param name="Once">What an operator had said for this start; null: nothing. Unless it is the reason, a job went first.</param>
public sealed record BootRecord(
    string Id,
    DateTimeOffset At,
    string Mac,
    string? Address,
    string? Host,
    string? Name,
    BootFirmware? Firmware,
    BootLoader? Loader,
    string? Action,
    string? Reason,
    string? Build,
    IReadOnlyList<BootStep> Steps,
    BootReason? Because = null,
    BootOnce? Once = null);

/// <param name="What"><c>dhcp</c>, <c>loader</c>, <c>script</c>, <c>kernel</c>, <c>initrd</c>, <c>hello</c>, <c>job</c>.</param>
public sealed record BootStep(DateTimeOffset At, string What, string Detail);
