using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Forms;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>How computers start over the network, and what can be done about it.</summary>
internal sealed class NetworkDesk(ConsoleContext context, TimeProvider time)
{
    private const string Count = "count=200";

    /// <summary>Null until it was read.</summary>
    public BootState? State { get; private set; }

    public BootSettingsView? Settings { get; private set; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BootRecord> Records { get; private set; } = [];

    /// <summary>Hosts that start something else once.</summary>
    public IReadOnlyList<BootNext> Next { get; private set; } = [];

    public TimeZoneInfo Zone => time.LocalTimeZone;

    /// <summary>The appliance's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + context.Now.Skew;

    public async Task ReadAsync(CancellationToken cancel)
    {
        Settings = await context.Session.CallAsync(BootApi.Settings, cancel);
        Records = await context.Session.AskAsync(BootApi.History, Count, cancel);
        Next = await context.Session.CallAsync(BootApi.ListNext, cancel);
        State = await context.Session.CallAsync(BootApi.State, cancel);
    }

    public IReadOnlyList<BootRow> Find(string filter)
    {
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var seen = new HashSet<string>();
        var stopped = State?.Stopped ?? [];
        var rows = Records.Select(record => BootRow.Of(record, seen.Add(record.Host ?? record.Mac), stopped, Now, Zone)).ToList();
        return [.. rows.Where(row => row.Has(words))];
    }

    /// <returns>Null: nothing is known of it any more.</returns>
    public BootRow? RowOf(string id) => Find("").FirstOrDefault(row => row.Id == id);

    /// <summary>What stands above the starts, as short as it can be said.</summary>
    public IReadOnlyList<Fact> Facts => State is not { } state || Settings is not { Settings: var settings } ? [] : Fact.Of(
        (Words.Network.Boot, BootText.ServiceOf(state, settings)),
        (Words.Network.Files, state.Addresses.Count > 0 ? Printable.Of(string.Join(", ", state.Addresses)) : "! " + Words.Network.FilesMissing),
        (Words.Network.Build, state.Build ?? "! " + Words.Network.BuildMissing),
        (Words.Network.NextStarts, BootText.NextOf(Next)),
        (Words.Network.Others, BootText.OthersOf(state, Zone)),
        (Words.Network.Words, context.Now.Status?.Fingerprint));

    public string? WhyNotChanged() => context.Session.May(Right.Administer) ? null : Words.Starting.NeedsAdmin;

    public string? WhyNotRetried(BootRow? row) => row is null ? Words.Network.NothingChosen
        : row.Loop is null ? Words.Network.NotStopped
        : context.Session.May(Right.StartRestores) ? null : Words.Network.NotAllowed;

    /// <returns>The host of a start; null: nobody has registered it, or nobody has it any more.</returns>
    public Api.Hosts.Host? HostOf(BootRow? row) => row?.Record.Host is { } id ? context.Now.Hosts.GetValueOrDefault(id)?.Host : null;

    public string? WhyNoNext(BootRow? row) => row is null ? Words.Network.NothingChosen
        : HostOf(row) is null ? Words.Network.NotRegistered
        : context.Session.May(Right.EditHosts) ? null : Words.Network.NotAllowed;

    public Task RetryAsync(BootLoop loop, CancellationToken cancel) => context.Session.CallAsync(BootApi.Retry, cancel, loop.Host);

    public static CommandLine? RetryCommand(BootRow? row) => row?.Loop is { } loop ? new CommandLine("boot", "retry", loop.Name) : null;
}
