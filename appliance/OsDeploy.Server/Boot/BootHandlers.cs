using System.Globalization;
using System.Net;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Api;
using OsDeploy.Server.Appliance;
using OsDeploy.Server.Hosts;

namespace OsDeploy.Server.Boot;

/// <summary>Answers <see cref="BootApi"/>.</summary>
internal sealed class BootHandlers(
    BootDesk desk, BootBook book, ClientBuilds builds, BootHistory history, BootLoops loops, NextStartDesk nextStarts, BootService service, HostRegistry hosts, ApplianceName appliance, AuditLog audit)
{
    private const int UsualCount = 50;

    public BootState State => new(
        ReachableAddresses.Of(appliance.BootAddresses, ReachableAddresses.OfThisComputer()), book.Settings.Mode, service.Service, service.Fault, builds.Current, service.Neighbours, BootService.Cards, loops.Stopped);

    /// <summary>Without the menu's password.</summary>
    public BootSettingsView Settings => book.View;

    public void Map(HandlerTable on)
    {
        on.On(BootApi.State, _ => State);
        on.On(BootApi.Settings, _ => Settings);
        on.On(BootApi.Change, (call, change) => ChangeAsync(change, call.Operator, call.Cancel));
        on.On(BootApi.ListBuilds, _ => builds.List());
        on.On(BootApi.AddBuild, (call, asked) => AddAsync(asked, call.Caller.AuditName, call.Cancel));
        on.On(BootApi.UseBuild, (call, choice) => Use(choice.Build, call.Caller.AuditName));
        on.On(BootApi.DeleteBuild, call => Delete(call.Value("build"), call.Caller.AuditName));
        on.On(BootApi.History, List);
        on.On(BootApi.Look, call => desk.Look(call.Value("host"), Door()));
        on.On(BootApi.ListNext, _ => nextStarts.List());
        on.On(BootApi.ChangeNext, (call, change) => nextStarts.Change(change, call.Operator));
        on.On(BootApi.Retry, call => Retry(call.Value("host"), call.Operator));
    }

    private IReadOnlyList<BootRecord> List(Call call)
    {
        var host = call.Query("host") is { } name ? hosts.Show(name).Host.Id : null;
        var count = int.TryParse(call.Query("count"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, BootHistory.Most) : UsualCount;
        return history.List(host, count);
    }

    private async Task<BootSettingsAnswer> ChangeAsync(BootSettingsChange change, OperatorCaller by, CancellationToken cancel)
    {
        var before = book.View;
        if (change.Rev != before.Rev)
        {
            throw Errors.ChangedMeanwhile();
        }

        var settings = BootRules.Checked(change.Settings);
        var password = await book.PasswordOfAsync(settings.MenuPassword, by.Name, cancel);
        var configuration = service.ConfigurationOf(settings);
        if (change.Preview)
        {
            return new BootSettingsAnswer(before with { Settings = settings with { MenuPassword = password is null ? null : Secret.Mask } }, NotesOf(settings, password, []), configuration);
        }

        var neighbours = settings.Mode == BootMode.Off || IsSame(settings, before.Settings) ? [] : await service.AskAsync(settings.Interface, cancel);
        if (settings.Mode == BootMode.Dhcp && !change.Force && neighbours.FirstOrDefault(one => one.What == "dhcp") is { } other)
        {
            throw BootErrors.Neighbour(other.Address);
        }

        audit.Append(by.AuditName, "boot-change", "network boot", DetailOf(settings));
        var after = book.Write(settings, password, before.Rev, by.AuditName);
        await service.ApplyAsync(after.Settings, cancel);
        return new BootSettingsAnswer(after, NotesOf(settings, password, neighbours), configuration);
    }

    private List<string> NotesOf(BootSettings settings, MenuPassword? password, IReadOnlyList<BootNeighbour> neighbours)
    {
        var notes = new List<string>();
        if (password is { Grub: null })
        {
            notes.Add("The menu's password was set by an older version: until it is set again, GRUB cannot ask for it and does not offer the tool.");
        }

        if (settings.Mode == BootMode.Off)
        {
            return notes;
        }

        if (builds.Current is null)
        {
            notes.Add("There is no client build: every computer starts its own disk until there is one.");
        }

        if (settings.Mode == BootMode.Proxy && neighbours.All(one => one.What != "dhcp"))
        {
            notes.Add("No DHCP server was heard on this network: without one, computers give up after a minute.");
        }

        notes.AddRange(neighbours.Where(one => one.What == "pxe").Select(one => $"{one.Address} also tells computers what to start; some will follow it."));
        return notes;
    }

    private async Task<BootBuild> AddAsync(NewBootBuild asked, string by, CancellationToken cancel)
    {
        if (!Path.IsPathFullyQualified(asked.Folder))
        {
            throw Errors.RequestMalformed("the folder of a build is an absolute path");
        }

        audit.Append(by, "boot-build-add", "client build", asked.Folder);
        return await builds.AddAsync(asked.Folder, book.Settings.KeepBuilds, cancel);
    }

    private BootBuild Use(string id, string by)
    {
        _ = builds.Find(id) ?? throw BootErrors.BuildMissing(id);
        audit.Append(by, "boot-build-use", "client build", id);
        return builds.Use(id);
    }

    private Nothing Delete(string id, string by)
    {
        _ = builds.Find(id) ?? throw BootErrors.BuildMissing(id);
        audit.Append(by, "boot-build-delete", "client build", id);
        builds.Delete(id);
        return default;
    }

    private Nothing Retry(string host, OperatorCaller by)
    {
        loops.Retry(hosts.Show(host).Host, by);
        return default;
    }

    // Whoever looks need not be on the network that is served.
    private BootDoor Door()
    {
        try
        {
            return service.DoorOf(book.Settings);
        }
        catch (UserErrorException)
        {
            return new BootDoor(IPAddress.Loopback.ToString(), IPAddress.Loopback, null);
        }
    }

    private static bool IsSame(BootSettings one, BootSettings other) => (one.Mode, one.Interface) == (other.Mode, other.Interface);

    private static string DetailOf(BootSettings settings) =>
        $"mode {settings.Mode}, interface {(settings.Interface.Length > 0 ? settings.Interface : "none")}, range {settings.RangeFirst ?? "none"} to {settings.RangeLast ?? "none"}, unknown {settings.Unknown}, rules {settings.Rules.Count}";
}
