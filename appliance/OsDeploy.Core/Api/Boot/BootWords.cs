namespace OsDeploy.Api.Boot;

public enum BootFirmware
{
    Bios,
    Uefi,
}

/// <summary>What asks for a script.</summary>
public enum BootLoader
{
    Ipxe,
    Grub,
}

/// <summary>How a PC with a BIOS goes on to its own disk.</summary>
public enum BiosExit
{
    /// <summary>Boot sector of the first disk, started by the loader.</summary>
    Disk,

    /// <summary>The same of the second disk.</summary>
    SecondDisk,

    /// <summary>Back to the BIOS, which takes its next boot device.</summary>
    Exit,
}

/// <summary>How a PC with UEFI goes on to its own disk.</summary>
public enum UefiExit
{
    /// <summary>The first of Windows, a known Linux and the fall-back that is there; else <see cref="Next"/>.</summary>
    Search,

    /// <summary><c>\EFI\Microsoft\Boot\bootmgfw.efi</c></summary>
    Windows,

    /// <summary>The shim of a known Linux distribution.</summary>
    Distribution,

    /// <summary><c>\EFI\BOOT\BOOTX64.EFI</c></summary>
    Fallback,

    /// <summary>Back to the firmware with success. Some show their set-up then.</summary>
    Exit,

    /// <summary>Back to the firmware with a failure, so that it takes the next entry of its boot order.</summary>
    Next,
}

/// <summary>What a PC with UEFI loads first.</summary>
public enum UefiLoader
{
    /// <summary>Debian's signed shim and GRUB: Secure Boot may stay on.</summary>
    Shim,

    /// <summary><c>snponly.efi</c>, which no Secure Boot accepts.</summary>
    Ipxe,
}

public enum BootMenu
{
    /// <summary>The local disk at once, unless a key is pressed.</summary>
    OnKey,

    /// <summary>Shown for some seconds, then the local disk.</summary>
    Always,

    Never,
}

/// <summary>What a PC gets that nobody has registered.</summary>
public enum UnknownHosts
{
    /// <summary>The machine screens, where it can be registered.</summary>
    Tool,

    /// <summary>The menu.</summary>
    Menu,

    /// <summary>Its own disk.</summary>
    Disk,
}

/// <summary>Why a PC boots what it does.</summary>
public enum BootReason
{
    NothingToDo,
    JobApproved,
    JobKeepsFailing,
    JobFrozen,
    UnknownHost,
    ChosenDisk,
    ChosenTool,
    PasswordWrong,
    HostBlocked,
    NotSupported,
    NoBuild,

    /// <summary>An operator said it for the next start.</summary>
    SaidOnce,
}

/// <summary>What the appliance does about DHCP.</summary>
public enum BootMode
{
    /// <summary>Nothing: PCs are not led here.</summary>
    Off,

    /// <summary>Answers only what PCs ask in order to start, beside the school's own DHCP server.</summary>
    Proxy,

    /// <summary>Is the network's DHCP server.</summary>
    Dhcp,
}
