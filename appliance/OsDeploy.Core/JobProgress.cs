using System.Diagnostics;

namespace OsDeploy;

/// <summary>A phase of a job with its clock, as reports list it.</summary>
public sealed record PhaseTime(string Name, double Seconds, long Bytes);

/// <summary>Work of the phase under way that concerns one partition.</summary>
/// <param name="Disk">1 is the first disk of the image.</param>
/// <param name="Partition">Null: the boot area in front of the first one.</param>
public sealed record PartProgress(int Disk, int? Partition, Meter Meter);

/// <summary>
/// What a running job shows: its phase, a meter per phase, the bottleneck, and warnings in order. Workers add; screens and
/// logs read. One writer begins phases.
/// </summary>
public sealed class JobProgress
{
    private readonly Lock _gate = new();
    private readonly List<(string Name, long Started, Meter Meter)> _phases = [];
    private readonly List<string> _warnings = [];
    private readonly List<PartProgress> _parts = [];
    private long _ended;

    /// <summary>Name and meter (bytes) of the phase under way.</summary>
    public (string Name, Meter Meter, TimeSpan Elapsed) Current
    {
        get
        {
            lock (_gate)
            {
                return _phases.Count == 0
                    ? ("starting", new Meter(), TimeSpan.Zero)
                    : (_phases[^1].Name, _phases[^1].Meter, Stopwatch.GetElapsedTime(_phases[^1].Started));
            }
        }
    }

    /// <summary>Of the phase under way, in the order in which they are done; empty if it is not about partitions.</summary>
    public IReadOnlyList<PartProgress> Parts
    {
        get
        {
            lock (_gate)
            {
                return [.. _parts];
            }
        }
    }

    /// <summary>Stopwatch ticks that workers spent waiting for a local disk, computing, and waiting for the store.</summary>
    public Meter DiskTime { get; } = new();

    public Meter CpuTime { get; } = new();

    public Meter StoreTime { get; } = new();

    /// <summary>What the workers wait for most: <c>disk</c>, <c>cpu</c> or <c>wire</c> (the store).</summary>
    public string Bottleneck
    {
        get
        {
            var (disk, cpu, store) = (DiskTime.Done, CpuTime.Done, StoreTime.Done);
            return disk >= cpu && disk >= store ? "disk" : cpu >= store ? "cpu" : "wire";
        }
    }

    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_gate)
            {
                return [.. _warnings];
            }
        }
    }

    public IReadOnlyList<PhaseTime> Phases
    {
        get
        {
            lock (_gate)
            {
                var ends = _phases.Skip(1).Select(phase => phase.Started).Append(_ended != 0 ? _ended : Stopwatch.GetTimestamp());
                return [.. _phases.Zip(ends, (phase, end) =>
                    new PhaseTime(phase.Name, Stopwatch.GetElapsedTime(phase.Started, end).TotalSeconds, phase.Meter.Done))];
            }
        }
    }

    /// <summary>Ends the phase before and begins this one.</summary>
    /// <param name="total">Bytes to do, 0 if not known.</param>
    public Meter Begin(string phase, long total)
    {
        var meter = new Meter();
        meter.AddTotal(total);
        lock (_gate)
        {
            _phases.Add((phase, Stopwatch.GetTimestamp(), meter));
            _parts.Clear();
        }

        return meter;
    }

    /// <summary>Names a part of the phase under way.</summary>
    /// <param name="whole">Meter of the phase.</param>
    /// <param name="total">Bytes to do; counted in the phase's own total already.</param>
    public Meter AddPart(Meter whole, int disk, int? partition, long total)
    {
        var meter = new Meter(whole);
        meter.AddTotal(total);
        lock (_gate)
        {
            _parts.Add(new PartProgress(disk, partition, meter));
        }

        return meter;
    }

    public void End()
    {
        lock (_gate)
        {
            _ended = Stopwatch.GetTimestamp();
        }
    }

    public void Warn(string warning)
    {
        lock (_gate)
        {
            _warnings.Add(warning);
        }
    }
}
