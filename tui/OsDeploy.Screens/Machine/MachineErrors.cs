namespace OsDeploy.Screens.Machine;

/// <summary>What the screens of a computer refuse by themselves. Everything else is said by the server and the engine.</summary>
internal static class MachineErrors
{
    public static UserErrorException Nobody() => new("machine-nobody", Words.Machine.NobodyMessage, Words.Machine.NobodyHint);

    public static UserErrorException LoginFailed() => new("login-failed", Words.Machine.LoginFailedMessage, Words.Machine.LoginFailedHint);

    public static UserErrorException NotAdministrator() => new("machine-not-administrator", Words.Machine.NotAdministratorMessage, Words.Machine.NotAdministratorHint);

    public static UserErrorException NotRegistered() => new("machine-not-registered", Words.Machine.NotRegisteredMessage, Words.Machine.NotRegisteredHint);

    public static UserErrorException NoDisk() => new("machine-no-disk", Words.Machine.NoDiskMessage, Words.Machine.NoDiskHint);

    public static UserErrorException NoPartitions() => new("machine-no-partitions", Words.Machine.NoPartitionsMessage, Words.Machine.NoPartitionsHint);

    public static UserErrorException NoRooms() => new("machine-no-rooms", Words.Machine.NoRoomsMessage, Words.Machine.NoRoomsHint);

    public static UserErrorException NoManualImages() => new("machine-no-manual-images", Words.Machine.NoManualImagesMessage, Words.Machine.NoManualImagesHint);
}
