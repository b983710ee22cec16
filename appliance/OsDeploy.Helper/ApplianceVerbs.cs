using System.Globalization;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Health;
using OsDeploy.Helper.Settings;
using OsDeploy.Helper.Storage;

namespace OsDeploy.Helper;

/// <summary>The verbs of an appliance that was started from its own medium: its disk, and what its system must be told.</summary>
internal sealed class ApplianceVerbs(DataDisks disks, DataDiskMaker maker, MountedVolume volume, SystemSettings settings, JournalFile journal) : IDisposable
{
    // One look at the disks, and what follows from it, at a time.
    private readonly SemaphoreSlim _working = new(1);

    public static bool Knows(HelperRequest request) => request is DataDisksRequest or DataDiskMountRequest or DataDiskPrepareRequest or DataDiskGrowRequest
        or DiskHealthRequest or JournalRequest or NetworkApplyRequest or HostNameRequest or TimeZoneRequest or ApplianceApplyRequest;

    /// <summary>The others change what was chosen then, and lose nothing.</summary>
    public static bool IsOfFirstStart(HelperRequest request) => Knows(request) && request is not (DataDiskGrowRequest or DiskHealthRequest or JournalRequest or JournalRequest or NetworkApplyRequest or ApplianceApplyRequest);

    public async Task<HelperAnswer> RunAsync(HelperRequest request, CancellationToken cancel)
    {
        // What only looks keeps nobody waiting, and a disk that does not answer least of all.
        switch (request)
        {
            case DiskHealthRequest:
                return HelperAnswer.Healthy(await DiskExamination.RunAsync(await disks.DevicesAsync(cancel), cancel));
            case JournalRequest:
                await journal.WriteAsync(cancel);
                return HelperAnswer.Done;
        }

        await _working.WaitAsync(cancel);
        try
        {
            return await DoAsync(request, cancel);
        }
        finally
        {
            _working.Release();
        }
    }

    public void Dispose() => _working.Dispose();

    private async Task<HelperAnswer> DoAsync(HelperRequest request, CancellationToken cancel)
    {
        switch (request)
        {
            case DataDisksRequest:
                return HelperAnswer.Listed(await disks.ListAsync(cancel));
            case DataDiskMountRequest:
                await volume.MountAsync(cancel);
                return HelperAnswer.Done;
            case DataDiskPrepareRequest prepare:
                await maker.PrepareAsync(prepare, cancel);
                return HelperAnswer.Done;
            case DataDiskGrowRequest:
                return HelperAnswer.Told((await volume.GrowAsync(cancel)).ToString(CultureInfo.InvariantCulture));
            case NetworkApplyRequest { Network: var network }:
                await settings.SetNetworkAsync(network, cancel);
                return HelperAnswer.Done;
            case HostNameRequest { Name: var name }:
                settings.SetHostName(name);
                return HelperAnswer.Done;
            case TimeZoneRequest { Zone: var zone }:
                settings.SetTimeZone(zone);
                return HelperAnswer.Done;
            case ApplianceApplyRequest:
                return await settings.ApplyAsync(cancel) ? HelperAnswer.Done : HelperAnswer.Told("none");
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request, "no such verb");
        }
    }
}
