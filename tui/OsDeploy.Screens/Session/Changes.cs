using OsDeploy.Api.Appliance;

namespace OsDeploy.Screens.Session;

/// <summary>What is to be read again. Collected while events come, taken when it is read.</summary>
internal sealed class Changes
{
    private long? _last;

    /// <summary>Everything: at the beginning, and when events were missed.</summary>
    public bool All { get; set; }

    public HashSet<string> Hosts { get; } = [];

    public HashSet<string> GoneHosts { get; } = [];

    public HashSet<string> Jobs { get; } = [];

    /// <summary>Batches whose jobs are wanted, however long ago they ended.</summary>
    public HashSet<string> Batches { get; } = [];

    public bool Pending { get; set; }

    public bool Rooms { get; set; }

    public bool Configurations { get; set; }

    public bool BatchList { get; set; }

    public bool Progress { get; set; }

    public bool Versions { get; set; }

    public bool Status { get; set; }

    public bool Heard { get; set; }

    public bool Boot { get; set; }

    public bool IsEmpty => !(All || Pending || Rooms || Configurations || BatchList || Progress || Versions || Status || Heard || Boot)
        && Hosts.Count + GoneHosts.Count + Jobs.Count + Batches.Count == 0;

    /// <summary>Numbers that do not follow each other: the appliance's queue was full, or it was restarted.</summary>
    public void Add(Event one)
    {
        All |= _last is { } last && one.Number != last + 1;
        _last = one.Number;
        switch (one.Kind)
        {
            case "host":
                (one.IsDeleted ? GoneHosts : Hosts).Add(one.Id);
                break;
            case "job":
                Jobs.Add(one.Id);
                BatchList = true;
                break;
            case "batch":
                BatchList = true;
                break;
            case "progress":
                Progress = true;
                break;
            default:
                AddOther(one.Kind);
                break;
        }
    }

    /// <summary>Gives what was collected and begins anew, behind the same event.</summary>
    public Changes Take(out Changes next)
    {
        next = new Changes { _last = _last };
        return this;
    }

    private void AddOther(string kind)
    {
        Pending |= kind == "pending";
        Rooms |= kind == "room";
        Configurations |= kind is "configuration" or "version";
        Versions |= kind == "version";
        Status |= kind is "alarm" or "version";
        Boot |= kind == "boot";
    }
}
