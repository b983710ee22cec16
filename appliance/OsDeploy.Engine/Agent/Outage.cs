using OsDeploy.Text;

namespace OsDeploy.Agent;

/// <summary>Says that the server is away, not each time it is asked but when it begins, every minute, and when it is over.</summary>
internal sealed class Outage(Action<string> say)
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private TimeSpan? _said;

    /// <param name="away">Zero: it is back (<see cref="Api.ConnectionOptions.Away"/>).</param>
    public void Tell(TimeSpan away)
    {
        if (LineFor(away) is { } line)
        {
            say(line);
        }
    }

    private string? LineFor(TimeSpan away)
    {
        lock (_gate)
        {
            if (away == TimeSpan.Zero)
            {
                var wasAway = _said is not null;
                _said = null;
                return wasAway ? "The server answers again." : null;
            }

            if (_said is { } said && away - said < s_every)
            {
                return null;
            }

            var isNew = _said is null;
            _said = away;
            return isNew ? "The server does not answer; it is asked again and again." : $"The server has been away for {Sizes.Of(away)}.";
        }
    }
}
