namespace OsDeploy.Server.Accounts;

/// <summary>
/// Where passwords are hashed: at most two at once, the rest wait, so that a hundred logins cannot take the processor away from
/// the hosts.
/// </summary>
/// <param name="iterations"><see cref="PasswordHash.UsualIterations"/>; fewer only where nothing is protected.</param>
internal sealed class Passwords(int iterations)
{
    private const int AtOnce = 2;

    private readonly FewAtOnce _hashing = new(AtOnce);
    private readonly PasswordHash _nobody = PasswordHash.OfNobody(iterations);

    public bool IsOutdated(PasswordHash hash) => hash.Iterations < iterations;

    public Task<PasswordHash> HashAsync(string password, CancellationToken cancel) => _hashing.RunAsync(() => PasswordHash.Of(password, iterations), cancel);

    /// <summary>Takes the same time whether there is such an account or not, and whether its hash is old or new.</summary>
    /// <param name="hash">Null: there is none, and nothing matches.</param>
    public Task<bool> MatchesAsync(PasswordHash? hash, string password, CancellationToken cancel) => _hashing.RunAsync(
        () =>
        {
            var isRight = (hash ?? _nobody).Matches(password);
            if (hash is not null && IsOutdated(hash))
            {
                _ = PasswordHash.OfNobody(iterations - hash.Iterations).Matches(password);
            }

            return isRight && hash is not null;
        },
        cancel);
}
